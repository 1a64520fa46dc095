package io.serverherd.operator;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The arrows between the rooms, as the map in docs/architecture.md draws them. */
@AnalyzeClasses(packages = "io.serverherd.operator", importOptions = DoNotIncludeTests.class)
class RoomsTest {
    private static final String[] CLIENTS = {
        "io.fabric8.kubernetes.client..", "io.javaoperatorsdk..", "java.net.http..", "com.sun.net.httpserver.."
    };

    @ArchTest
    static final ArchRule topologyKnowsNothingOfKubernetes = noClasses()
            .that()
            .resideInAPackage("..operator.topology..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.fabric8..", "io.javaoperatorsdk..", "java.net..")
            .as("the topology is a graph and its rules, nothing of Kubernetes");

    @ArchTest
    static final ArchRule decidingTalksToNobody = noClasses()
            .that()
            .resideInAnyPackage(
                    "..operator.topology..",
                    "..operator.validation..",
                    "..operator.desired..",
                    "..operator.pki..",
                    "..operator.status..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(CLIENTS)
            .as("what decides is pure: values in, values out");

    @ArchTest
    static final ArchRule onlyOneRoomMakesCertificates = noClasses()
            .that()
            .resideOutsideOfPackage("..operator.pki..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.bouncycastle..")
            .as("certificates are made in one room, and text comes out of it");

    @ArchTest
    static final ArchRule certificatesKnowNothingOfKubernetes = noClasses()
            .that()
            .resideInAPackage("..operator.pki..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.fabric8..", "io.javaoperatorsdk..", "java.net..");

    @ArchTest
    static final ArchRule onlyTheseRoomsTalk = noClasses()
            .that()
            .resideOutsideOfPackages(
                    "..operator.reconcile..",
                    "..operator.observe..",
                    "..operator.ops..",
                    "..operator.api..",
                    "..operator.certmanager..")
            .and()
            .doNotHaveSimpleName("HerdOperator")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(CLIENTS);

    @ArchTest
    static final ArchRule theReconcilerIsTheTop = classes()
            .that()
            .resideInAPackage("..operator.reconcile..")
            .should()
            .onlyHaveDependentClassesThat()
            .resideInAnyPackage("..operator.reconcile..", "io.serverherd.operator")
            .as("only the reconciler sees all the rooms, and only the wiring sees the reconciler");

    @ArchTest
    static final ArchRule theResourceDependsOnNoRoom = noClasses()
            .that()
            .resideInAPackage("..operator.api..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "..operator.topology..",
                    "..operator.validation..",
                    "..operator.desired..",
                    "..operator.observe..",
                    "..operator.status..",
                    "..operator.reconcile..",
                    "..operator.ops..");

    @ArchTest
    static final ArchRule whatIsWantedDoesNotDependOnWhatIs = noClasses()
            .that()
            .resideInAPackage("..operator.desired..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("..operator.observe..", "..operator.status..", "..operator.ops..");
}
