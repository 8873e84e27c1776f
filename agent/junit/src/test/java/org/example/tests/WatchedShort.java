// SPDX-License-Identifier: Apache-2.0
package org.example.tests;

import io.tpool.junit.CarriersStayFree;

@CarriersStayFree
class WatchedShort extends ThousandShort {
}
