package io.serverherd.node;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.type;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.serverherd.node.metrics.Counters;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The rooms of the node, and which of them may know which. */
class RoomsTest {
    private static final String NODE = "io.serverherd.node";
    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages(NODE);

    /** Each room with the rooms it may use. The one without a name is the wiring. */
    private static final Map<String, Set<String>> ARROWS = new TreeMap<>(Map.ofEntries(
            Map.entry(
                    "",
                    Set.of(
                            "protocol",
                            "herd",
                            "net",
                            "peer",
                            "places",
                            "config",
                            "data",
                            "admin",
                            "log",
                            "metrics",
                            "tls")),
            Map.entry("protocol", Set.of()),
            Map.entry("herd", Set.of("protocol", "metrics")),
            Map.entry("net", Set.of("protocol", "herd", "places", "config", "tls", "log", "metrics")),
            Map.entry("peer", Set.of("protocol", "herd", "net", "config", "tls", "log", "metrics")),
            Map.entry("places", Set.of("config")),
            Map.entry("config", Set.of()),
            Map.entry("tls", Set.of("config")),
            Map.entry("data", Set.of("protocol", "herd")),
            Map.entry("admin", Set.of("herd", "config", "tls", "data")),
            Map.entry("log", Set.of()),
            Map.entry("metrics", Set.of("config", "tls", "places", "data", "log"))));

    private static String packageOf(String room) {
        return room.isEmpty() ? NODE : NODE + "." + room;
    }

    @Test
    void everyRoomHasItsArrows() {
        Set<String> rooms = new TreeSet<>();
        for (JavaPackage room : CLASSES.getPackage(NODE).getSubpackagesInTree()) {
            if (!room.getClasses().isEmpty()) {
                rooms.add(room.getName().substring(NODE.length() + 1));
            }
        }
        rooms.add("");

        assertThat(rooms).isEqualTo(ARROWS.keySet());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"protocol", "herd", "net", "peer", "places", "config", "tls", "data", "admin", "log", "metrics"})
    void aRoomKnowsOnlyWhatItsArrowsPointAt(String room) {
        String[] others = ARROWS.keySet().stream()
                .filter(other -> !other.equals(room) && !ARROWS.get(room).contains(other))
                .map(RoomsTest::packageOf)
                .toArray(String[]::new);

        noClasses()
                .that()
                .resideInAPackage(packageOf(room))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(others)
                .as("." + room + " may use " + ARROWS.get(room) + " and no other of " + Arrays.toString(others))
                .check(CLASSES);
    }

    @ParameterizedTest
    @ValueSource(strings = {"protocol", "herd"})
    void theProtocolAndTheHerdArePure(String room) {
        noClasses()
                .that()
                .resideInAPackage(packageOf(room))
                .should()
                .dependOnClassesThat(resideInAnyPackage(
                        "io.netty..",
                        "java.net..",
                        "javax.net..",
                        "java.nio.channels..",
                        "java.nio.file..",
                        "java.io..",
                        "org.slf4j..",
                        "ch.qos.logback..",
                        "io.prometheus..",
                        "com.fasterxml.jackson.."))
                .check(CLASSES);
    }

    @Test
    void whoCountsKnowsNothingOfHowCountsAreShown() {
        noClasses()
                .that()
                .resideInAnyPackage(packageOf("herd"), packageOf("net"), packageOf("peer"))
                .should()
                .dependOnClassesThat(resideInAPackage(packageOf("metrics")).and(not(type(Counters.class))))
                .check(CLASSES);
    }

    @Test
    void onlyPlacesTalksHttpAsAClientAndOnlyAdminAsAServer() {
        noClasses()
                .that()
                .resideOutsideOfPackage(packageOf("places"))
                .should()
                .dependOnClassesThat()
                .resideInAPackage("java.net.http..")
                .check(CLASSES);
        noClasses()
                .that()
                .resideOutsideOfPackage(packageOf("admin"))
                .should()
                .dependOnClassesThat()
                .resideInAPackage("com.sun.net.httpserver..")
                .check(CLASSES);
    }

    @Test
    void nothingKnowsKubernetes() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.fabric8..", "io.javaoperatorsdk..", "io.kubernetes..")
                .check(CLASSES);
    }

    @Test
    void onlyTheLogKnowsWhichLoggerWrites() {
        noClasses()
                .that()
                .resideOutsideOfPackage(packageOf("log"))
                .should()
                .dependOnClassesThat()
                .resideInAPackage("ch.qos.logback..")
                .check(CLASSES);
    }
}
