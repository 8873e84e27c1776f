// SPDX-License-Identifier: Apache-2.0
package io.tpool.agent;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** The layers of the agent, over all its modules. That core does not know the tools is seen to by the build. */
class LayersTest {
    private static final JavaClasses AGENT = new ClassFileImporter()
        .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS).importPackages("io.tpool.agent");

    @Test
    void packages_form_no_circles() {
        assertTrue(AGENT.contain("io.tpool.agent.boot.PreMain") && AGENT.contain("io.tpool.agent.weave.Weaver")
            && AGENT.contain("io.tpool.agent.cli.Main"));
        slices().matching("io.tpool.(**)").should().beFreeOfCycles().check(AGENT);
    }

    /** The package of the boot sequence asks one more question of the JDK, before another class of ours is there. */
    @Test
    void what_is_private_to_a_JDK_is_reached_in_one_package() {
        noClasses().that().resideOutsideOfPackages("io.tpool.agent.jdk", "io.tpool.agent.boot").should()
            .dependOnClassesThat().resideInAnyPackage("jdk.internal..", "sun..").check(AGENT);
    }
}
