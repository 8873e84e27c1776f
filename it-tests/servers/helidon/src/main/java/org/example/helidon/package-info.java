// SPDX-License-Identifier: Apache-2.0

/** The shop on Helidon SE. */
package org.example.helidon;
