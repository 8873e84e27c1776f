// SPDX-License-Identifier: Apache-2.0
package io.tpool;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Names the test of eventlet's {@code greenpool_test.py} or {@code tpool_test.py} that pins down the same behaviour.
 */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.SOURCE)
@interface Eventlet {
    String[] value();
}
