// SPDX-License-Identifier: Apache-2.0
package benchmarked.many;

import java.util.ArrayList;
import java.util.List;

/**
 * A class of usual size; its copies are called {@code Part00001} and so on.
 *
 * @since 1.0
 */
public final class Part00000 implements Part<Part00000> {
    private static final int SEED = seed("Part00000");

    private final int number;
    private final String name;
    private long changed;

    /**
     * Makes one.
     *
     * @param number any
     * @param name not null
     */
    public Part00000(int number, String name) {
        this.number = number;
        this.name = name;
    }

    private static int seed(String text) {
        int seed = 17;
        for (int i = 0; i < text.length(); i++) {
            seed = seed * 31 + text.charAt(i);
        }
        return seed;
    }

    @Override
    public int rank() {
        return Math.floorMod(number ^ SEED, 1 << 10);
    }

    @Override
    public int compareTo(Part00000 other) {
        int result = Integer.compare(rank(), other.rank());
        return result == 0 ? name.compareTo(other.name) : result;
    }

    @Override
    public List<Part00000> after(List<Part00000> others) {
        List<Part00000> result = new ArrayList<>();
        for (Part00000 other : others) {
            if (compareTo(other) < 0) {
                result.add(other);
            }
        }
        return result;
    }

    /**
     * Notes a change.
     *
     * @param time any
     * @return the time of the last change
     */
    public synchronized long change(long time) {
        changed = Math.max(changed, time);
        return changed;
    }

    /**
     * Does what may fail.
     *
     * @param step to be run
     * @return what went wrong, or an empty text
     */
    public String attempt(Runnable step) {
        try {
            step.run();
            return "";
        } catch (IllegalStateException | IllegalArgumentException e) {
            return e.getMessage();
        } finally {
            changed++;
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Part00000 that && that.number == number && that.name.equals(name);
    }

    @Override
    public int hashCode() {
        return 31 * number + name.hashCode();
    }

    @Override
    public String toString() {
        return name;
    }
}
