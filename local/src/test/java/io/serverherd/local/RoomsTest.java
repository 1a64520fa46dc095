package io.serverherd.local;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.type;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import io.serverherd.local.api.PodRuntime;

/** The arrows between the rooms, as the map in docs/architecture.md draws them. Those within the API have their own test. */
@AnalyzeClasses(packages = "io.serverherd.local", importOptions = DoNotIncludeTests.class)
class RoomsTest {
    @ArchTest
    static final ArchRule schemasAndPatchesArePure = noClasses()
            .that()
            .resideInAnyPackage("..local.schema..", "..local.patch..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "..local.api..",
                    "io.netty..",
                    "io.fabric8.kubernetes.client..",
                    "java.net..",
                    "java.nio.file..",
                    "org.slf4j..");

    @ArchTest
    static final ArchRule theApiKnowsNobodyWhoUsesIt = noClasses()
            .that()
            .resideInAPackage("..local.api..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "..local.kubelet..",
                    "..local.controllers..",
                    "..local.process..",
                    "..local.run..",
                    "..local.demo..");

    @ArchTest
    static final ArchRule theKubeletIsAClientThatServesLogsAndPorts = noClasses()
            .that()
            .resideInAPackage("..local.kubelet..")
            .should()
            .dependOnClassesThat(
                    resideInAnyPackage("..local.api..", "..local.controllers..", "..local.run..", "..local.demo..")
                            .and(not(type(PodRuntime.class))));

    @ArchTest
    static final ArchRule controllersAreClientsAndNothingElse = noClasses()
            .that()
            .resideInAPackage("..local.controllers..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "..local.api..", "..local.kubelet..", "..local.process..", "..local.run..", "..local.demo..");

    @ArchTest
    static final ArchRule theDemoStandsAlone = noClasses()
            .that()
            .resideInAPackage("..local.demo..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "..local.api..",
                    "..local.schema..",
                    "..local.patch..",
                    "..local.kubelet..",
                    "..local.controllers..",
                    "..local.process..",
                    "..local.run..");

    @ArchTest
    static final ArchRule nobodyKnowsTheOperatorOrTheNode = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.serverherd.operator..", "io.serverherd.node..");
}
