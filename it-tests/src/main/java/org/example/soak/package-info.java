// SPDX-License-Identifier: Apache-2.0
/** The application of the soak: everything at once. */
package org.example.soak;
