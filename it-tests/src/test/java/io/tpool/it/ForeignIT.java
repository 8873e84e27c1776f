// SPDX-License-Identifier: Apache-2.0
package io.tpool.it;

import io.tpool.it.Jdk.Setting;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The foreign function interface: a downcall is no method, so its Java caller is listed. */
class ForeignIT {
    @ParameterizedTest(name = "{0}")
    @MethodSource("io.tpool.it.Jdk#settings")
    void aDowncallWhoseCallerIsListedLeavesOthersAlone(Setting setting) {
        Path application = Toolbox.application(setting.jdk(), "ForeignApp");
        boolean preview = setting.jdk().feature() == 21;
        Starvation.of("ForeignApp")
            .with(jvm -> preview ? jvm.classPath(application).option("--enable-preview") : jvm.classPath(application))
            .listed("org.example.app.ForeignApp#nap").isCuredBy(setting);
    }
}
