// SPDX-License-Identifier: Apache-2.0

/** The shop on Spring Boot. */
package org.example.spring;
