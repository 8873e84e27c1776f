// SPDX-License-Identifier: Apache-2.0
package benchmarked.app;

/**
 * An application of many classes: initialises them one after the other and says hello.
 *
 * @since 1.0
 */
public final class ManyClasses {
    private ManyClasses() {
    }

    /**
     * Runs it.
     *
     * @param args names of the first class and of how many, as {@code benchmarked.many.Part00000 5000}
     * @throws ClassNotFoundException if one is not on the class path
     */
    public static void main(String[] args) throws ClassNotFoundException {
        String first = args[0];
        int digits = 0;
        while (Character.isDigit(first.charAt(first.length() - digits - 1))) {
            digits++;
        }
        String stem = first.substring(0, first.length() - digits);
        for (int i = 0; i < Integer.parseInt(args[1]); i++) {
            String number = Integer.toString(i);
            Class.forName(stem.concat("0".repeat(digits - number.length())).concat(number));
        }
        Hello.main(args);
    }
}
