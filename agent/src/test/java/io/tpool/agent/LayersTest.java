package io.tpool.agent;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** The layers of the agent: what most applications never need stands above what runs before {@code main}. */
class LayersTest {
    private static final JavaClasses AGENT = new ClassFileImporter()
        .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS).importPackages("io.tpool.agent");

    @Test
    void packages_form_no_circles() {
        slices().matching("io.tpool.(**)").should().beFreeOfCycles().check(AGENT);
    }

    @Test
    void what_runs_before_main_does_not_know_the_tools() {
        noClasses().that().resideOutsideOfPackages("io.tpool.agent.cli..", "io.tpool.agent.command..",
            "io.tpool.agent.discover..", "io.tpool.agent.log..", "io.tpool.agent.start..")
            .should().dependOnClassesThat().resideInAnyPackage("io.tpool.agent.cli..", "io.tpool.agent.command..",
                "io.tpool.agent.discover..", "io.tpool.agent.log..", "io.tpool.agent.start..").check(AGENT);
    }
}
