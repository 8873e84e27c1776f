// SPDX-License-Identifier: Apache-2.0
package benchmarked.crowd;

import benchmarked.work.Work;

/** One call, made in a certain way. */
@FunctionalInterface
interface Step {
    int call(Work work) throws Exception;
}
