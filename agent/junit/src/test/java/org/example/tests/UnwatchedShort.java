// SPDX-License-Identifier: Apache-2.0
package org.example.tests;

/** What {@link WatchedShort} is compared with. */
class UnwatchedShort extends ThousandShort {
}
