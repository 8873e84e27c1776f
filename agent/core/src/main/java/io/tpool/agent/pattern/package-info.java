// SPDX-License-Identifier: Apache-2.0
/**
 * The pattern grammar of {@code methods} and {@code exclude}, and the question which declared methods a class has to
 * have woven. Pure: nothing here knows instrumentation or byte code beyond the constant pool.
 */
package io.tpool.agent.pattern;
