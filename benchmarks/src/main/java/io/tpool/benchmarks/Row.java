// SPDX-License-Identifier: Apache-2.0
package io.tpool.benchmarks;

import java.util.List;

/**
 * A situation, and who is measured in it.
 *
 * @param section a short name that several rows share; that of their plot
 * @param title of the situation
 * @param reference whom the others are compared with
 * @param metrics what is measured
 * @param plotted which of the metrics stands for the row in its section's plot
 * @param rounds how often
 * @param cases the rivals
 */
record Row(String section, String title, Rival reference, List<Metric> metrics, Metric plotted, int rounds,
    List<Case> cases) {
}
