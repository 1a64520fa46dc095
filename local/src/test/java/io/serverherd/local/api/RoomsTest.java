package io.serverherd.local.api;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The arrows between the API server's packages. */
@AnalyzeClasses(packages = "io.serverherd.local.api", importOptions = ImportOption.DoNotIncludeTests.class)
class RoomsTest {

    @ArchTest
    static final ArchRule onlyTheEdgesKnowTheNetwork = noClasses()
            .that()
            .resideInAnyPackage(
                    "..api.verb..",
                    "..api.watch..",
                    "..api.view..",
                    "..api.select..",
                    "..api.kind..",
                    "..api.store..",
                    "..api.admission..",
                    "..api.discovery..",
                    "..api.gc..",
                    "..api.body..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.netty..");

    @ArchTest
    static final ArchRule onlyTheStoreKnowsTheLibrarysStore = noClasses()
            .that()
            .resideOutsideOfPackage("..api.store..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.fabric8.mockwebserver..", "io.fabric8.kubernetes.client..");

    @ArchTest
    static final ArchRule theStoreKnowsNoKinds = noClasses()
            .that()
            .resideInAnyPackage("..api.store..", "..api.json..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("..api.kind..", "..api.verb..", "..api.http..", "..api.error..");

    @ArchTest
    static final ArchRule noTwoPackagesNeedEachOther =
            slices().matching("io.serverherd.local.api.(*)..").should().beFreeOfCycles();
}
