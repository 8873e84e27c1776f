// SPDX-License-Identifier: Apache-2.0
package benchmarked.app;

/** How applications tell their results. */
final class Print {
    private Print() {
    }

    static void result(String key, double value) {
        System.out.println(key + "=" + value);
    }
}
