// SPDX-License-Identifier: Apache-2.0
package io.tpool.junit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Fails a JUnit Jupiter test whose virtual threads capture a carrier for longer than {@link #max}: a virtual thread
 * that blocks in native code, in a class initialiser, in a pinned park, before JDK 24 in a monitor, or that computes,
 * neither ends nor unmounts, and nothing else runs on its carrier meanwhile.
 *
 * <pre>
 * {@literal @}CarriersStayFree(max = "20ms")
 * class OrdersTest {
 * </pre>
 *
 * <p>On a class it holds for each test in it and in its nested classes, and for what runs before and after all of them;
 * on a method for that test alone, and takes the place of the one of the class.
 *
 * <p>The agent need not be there: it is attached to the test's JVM before the first such test. What it is set to by
 * {@code agent.properties} and its other sources holds. Test classes may run in parallel.
 *
 * <p>A test is blamed for the virtual threads that it makes, directly or through threads that it makes. Where tests do
 * not run in parallel it is also blamed for virtual threads of which nobody knows who made them, those of a server that
 * an earlier test has started say. Where they do, nobody is.
 *
 * <p>Where nothing can be watched, because the agent cannot be attached or no virtual thread was made, the test or the
 * class fails and says so; with JUnit's configuration parameter {@code tpool.unwatched=skip} it is aborted instead.
 *
 * @since 1.0
 */
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@Inherited
@Documented
@ExtendWith(CarriersStayFreeExtension.class)
public @interface CarriersStayFree {
    /**
     * How long a carrier may be captured. The guard proves a capture by its looks, and what it reports is never too
     * long. It is 1 to 5 ms shorter than the capture as a rule, for a computation about 12 ms, and more on a busy
     * machine: a capture that is to fail the test should be that much longer.
     *
     * @return a duration above 0, such as {@code 500us}, {@code 20ms}, {@code 1s} or {@code 2m}
     */
    String max() default "20ms";
}
