// SPDX-License-Identifier: Apache-2.0
package benchmarked.app;

/** What a pattern with {@code +} names. */
interface Greeter {
    String greeting();
}
