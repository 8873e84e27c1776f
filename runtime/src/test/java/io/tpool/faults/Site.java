// SPDX-License-Identifier: Apache-2.0
package io.tpool.faults;

/**
 * A place where a fault can be thrown.
 *
 * @param number among all
 * @param method that it is in
 * @param line in the source
 * @param before the call or allocation that would follow
 * @param allocates whether that may need memory by itself; a call of the runtime's own code has sites of its own for
 * that
 */
record Site(int number, String method, int line, String before, boolean allocates) {
    @Override
    public String toString() {
        return "site " + number + " " + method + ":" + line + " before " + before;
    }
}
