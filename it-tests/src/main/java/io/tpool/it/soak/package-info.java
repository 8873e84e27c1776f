// SPDX-License-Identifier: Apache-2.0
/** A long run of everything at once, with the shipped jar. */
package io.tpool.it.soak;
