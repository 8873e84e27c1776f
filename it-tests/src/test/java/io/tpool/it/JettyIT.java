// SPDX-License-Identifier: Apache-2.0
package io.tpool.it;

import io.tpool.it.Jdk.Setting;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A web server on virtual threads that nobody has written for tpool. */
class JettyIT {
    private static final String[] LIBRARIES = {"org.eclipse.jetty.server.Server", "org.eclipse.jetty.http.HttpField",
        "org.eclipse.jetty.io.Content", "org.eclipse.jetty.util.Callback", "org.slf4j.Logger",
        "org.slf4j.nop.NOPServiceProvider"};

    @ParameterizedTest(name = "{0}")
    @MethodSource("io.tpool.it.Jdk#settings")
    void requestsThatWaitForALockedDatabaseLeaveOthersAlone(Setting setting) {
        Starvation.of("JettyApp").with(jvm -> jvm.libraries(LIBRARIES)).natives("native org.sqlite.core.NativeDB#*")
            .outermost("java.sql.Statement+#execute*").isCuredBy(setting);
    }
}
