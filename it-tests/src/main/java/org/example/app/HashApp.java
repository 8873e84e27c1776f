// SPDX-License-Identifier: Apache-2.0
package org.example.app;

import java.security.spec.KeySpec;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/**
 * Hashes passwords with PBKDF2, in Java code that never pauses.
 *
 * @since 1.0
 */
public final class HashApp {
    private static final int ROUNDS = 3_000_000;

    private HashApp() {
    }

    /**
     * Runs it.
     *
     * @param args none
     * @throws Exception if there is no PBKDF2
     */
    public static void main(String[] args) throws Exception {
        int[] lengths = new int[Load.carriers()];
        Load.besideBystander(lengths.length, number -> lengths[number] = hash("secret" + number).length);
        for (int length : lengths) {
            Load.print("bytes", length);
        }
    }

    private static byte[] hash(String password) throws Exception {
        KeySpec spec = new PBEKeySpec(password.toCharArray(), new byte[16], ROUNDS, 256);
        return SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256").generateSecret(spec).getEncoded();
    }
}
