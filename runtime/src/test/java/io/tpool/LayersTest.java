// SPDX-License-Identifier: Apache-2.0
package io.tpool;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import org.junit.jupiter.api.Test;

/** The layers of the runtime: the API on top, what monitoring reads beside it, everything else internal. */
class LayersTest {
    private static final JavaClasses RUNTIME = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS).importPackages("io.tpool");
    private static final DescribedPredicate<JavaClass> INTERNAL =
            JavaClass.Predicates.resideInAPackage("io.tpool.internal..");

    @Test
    void packages_form_no_circles() {
        check(slices().matching("io.tpool.(**)").should().beFreeOfCycles());
    }

    @Test
    void what_is_internal_does_not_know_the_API() {
        check(noClasses().that(INTERNAL).should().dependOnClassesThat().resideInAPackage("io.tpool"));
    }

    @Test
    void no_internal_type_is_in_a_signature_of_the_API_or_of_a_bean() {
        check(methods().that().arePublic().and().areDeclaredInClassesThat(DescribedPredicate.not(INTERNAL))
                .should().notHaveRawReturnType(INTERNAL));
        check(methods().that().arePublic().and().areDeclaredInClassesThat(DescribedPredicate.not(INTERNAL))
                .should().notHaveRawParameterTypes(DescribedPredicate.anyElementThat(INTERNAL)));
    }

    @Test
    void only_the_API_and_the_beans_are_public_outside() {
        check(classes().that().resideInAPackage("io.tpool").and().arePublic().should().haveSimpleName("TPool")
                .orShould().haveSimpleName("ProxyBuilder").orShould().haveSimpleName("GreenPool")
                .orShould().haveSimpleName("GreenPile").orShould().haveSimpleName("ThreadIds")
                .orShould().haveSimpleName("Captures").orShould().haveSimpleName("CarrierCapture")
                .orShould().haveSimpleName("Action"));
    }

    @Test
    void what_is_private_to_a_JDK_is_reached_in_one_package() {
        check(noClasses().that().resideOutsideOfPackage("io.tpool.internal.jdk..").should().dependOnClassesThat()
                .resideInAnyPackage("jdk.internal..", "sun.."));
    }

    private static void check(ArchRule rule) {
        rule.check(RUNTIME);
    }
}
