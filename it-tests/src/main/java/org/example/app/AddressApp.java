// SPDX-License-Identifier: Apache-2.0
package org.example.app;

import java.net.InetAddress;

/**
 * Resolves names that the resolver takes its time for.
 *
 * @since 1.0
 */
public final class AddressApp {
    private AddressApp() {
    }

    /**
     * Resolves a name on each of as many virtual threads as there are carriers.
     *
     * @param args domain of the names
     * @throws Exception if a name does not resolve
     */
    public static void main(String[] args) throws Exception {
        int threads = Load.carriers();
        String[] found = new String[threads];
        Load.onVirtualThreads(threads, i -> InetAddress.getByName("127.0.0." + (i + 1)));
        Load.besideBystander(threads,
            i -> found[i] = InetAddress.getByName("host" + i + "." + args[0]).getHostAddress());
        for (int i = 0; i < threads; i++) {
            Load.print("address" + i, found[i]);
        }
    }
}
