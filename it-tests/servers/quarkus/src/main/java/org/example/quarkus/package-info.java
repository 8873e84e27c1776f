// SPDX-License-Identifier: Apache-2.0

/** The shop on Quarkus. */
package org.example.quarkus;
