// SPDX-License-Identifier: Apache-2.0

/** The shop that stands on each of the six servers. */
package org.example.shop;
