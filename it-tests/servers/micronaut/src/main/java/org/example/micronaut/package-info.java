// SPDX-License-Identifier: Apache-2.0

/** The shop on Micronaut. */
package org.example.micronaut;
