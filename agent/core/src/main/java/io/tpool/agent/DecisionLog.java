// SPDX-License-Identifier: Apache-2.0
package io.tpool.agent;

import io.tpool.agent.message.Log;
import io.tpool.agent.config.LogLevel;
import io.tpool.internal.offload.Learning;

/** A line for each method in mode auto whose calls begin to move or to stay. */
final class DecisionLog implements Learning.Listener {
    @Override
    public void changed(String method, String pool, boolean moves, String reason) {
        if (Log.says(LogLevel.INFO)) {
            Log.info("auto: calls of " + method + (moves ? " move to pool " + pool : " stay") + ": " + reason);
        }
    }
}
