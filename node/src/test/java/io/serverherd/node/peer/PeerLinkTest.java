package io.serverherd.node.peer;

import static org.assertj.core.api.Assertions.assertThat;

import io.serverherd.node.config.Neighbour;
import io.serverherd.node.peer.PeerLink.State;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PeerLinkTest {
    private static final String RECORD = "AT Welsh +0.1 kiwi +1+1 5";

    private final PeerFixture ball = new PeerFixture();
    private final PeerLink welsh = new PeerLink(ball.settings, PeerFixture.neighbour("Welsh"));
    private final PeerLink alford = new PeerLink(ball.settings, PeerFixture.neighbour("Alford"));
    private final RecordedSocket socket = new RecordedSocket();

    @ParameterizedTest
    @CsvSource({"Ball,Welsh,true", "Welsh,Ball,false", "Ball,Ball2,true", "ball,Welsh,false", "Ball,ball,true"})
    void theServerWhoseNameSortsFirstByBytesDials(String server, String neighbour, boolean dials) {
        assertThat(PeerLink.dials(server, neighbour)).isEqualTo(dials);
    }

    @Test
    void startingDials() {
        welsh.start();

        assertThat(welsh.state()).isEqualTo(State.DIALLING);
        assertThat(ball.lastDialled.host()).isEqualTo("welsh.test");
    }

    @Test
    void theEndThatSortsBehindWaits() {
        alford.start();
        ball.timer.pass(60_000);

        assertThat(alford.state()).isEqualTo(State.IDLE);
        assertThat(ball.dialled).isZero();
    }

    @Test
    void aConnectionIsGreeted() {
        greeting();

        assertThat(welsh.state()).isEqualTo(State.GREETING);
        assertThat(socket.sent()).containsExactly("PEER h Ball");
        assertThat(welsh.snapshot().connected()).isFalse();
    }

    @Test
    void theRightHelloBeginsReconciling() {
        greeting();
        socket.sent();

        socket.receives("PEER h Welsh");

        assertThat(welsh.state()).isEqualTo(State.RECONCILING);
        assertThat(socket.sent()).containsExactly(ball.digest());
        assertThat(welsh.snapshot().connected()).isTrue();
        assertThat(welsh.snapshot().since()).isEqualTo(Instant.ofEpochMilli(ball.timer.millis()));
        assertThat(ball.counters.linksUp).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "PEER other Welsh",
                "PEER h Holiday",
                "PING",
                RECORD,
                "DIGEST 0000000000000000 0",
                "",
                "hello",
                "PEER h"
            })
    void anythingElseFirstClosesTheLink(String first) {
        greeting();

        socket.receives(first);

        assertThat(welsh.state()).isEqualTo(State.BACKOFF);
        assertThat(socket.closed).isTrue();
        assertThat(ball.store.size()).isZero();
    }

    @Test
    void aDialThatFailsIsTriedAgain() {
        welsh.start();

        ball.dials.poll().failed("refused");

        assertThat(welsh.state()).isEqualTo(State.BACKOFF);
        ball.timer.pass(100);
        assertThat(welsh.state()).isEqualTo(State.DIALLING);
        assertThat(ball.dialled).isEqualTo(2);
    }

    @Test
    void aDialThatHangsIsGivenUpAndItsLateOutcomeIsClosed() {
        welsh.start();
        ball.timer.pass(5_000);
        assertThat(welsh.state()).isEqualTo(State.BACKOFF);
        ball.timer.pass(100);
        assertThat(welsh.state()).isEqualTo(State.DIALLING);

        ball.dials.poll().connected(socket);

        assertThat(socket.closed).isTrue();
        assertThat(welsh.state()).isEqualTo(State.DIALLING);
        ball.dials.poll().connected(new RecordedSocket());
        assertThat(welsh.state()).isEqualTo(State.GREETING);
    }

    @Test
    void aNeighbourThatDoesNotSayHelloIsLeft() {
        greeting();

        ball.timer.pass(4_999);
        assertThat(welsh.state()).isEqualTo(State.GREETING);
        ball.timer.pass(1);

        assertThat(welsh.state()).isEqualTo(State.BACKOFF);
        assertThat(socket.closed).isTrue();
    }

    @Test
    void aConnectionThatIsClosedBeforeTheHelloIsDialledAgain() {
        greeting();

        socket.isClosedByTheOtherEnd();

        assertThat(welsh.state()).isEqualTo(State.BACKOFF);
    }

    @Test
    void equalDigestsMakeTheLinkLive() {
        reconciling();

        socket.receives(ball.digest(), "RECONCILED");

        assertThat(welsh.state()).isEqualTo(State.LIVE);
        assertThat(socket.sent()).containsExactly("RECONCILED");
        assertThat(welsh.everReconciled()).isTrue();
    }

    @Test
    void otherDigestsMakeItLiveWhenBothHaveSentWhatTheyHold() {
        ball.report("plum", 5);
        reconciling();

        socket.receives("DIGEST 0000000000000007 0", RECORD);
        assertThat(welsh.state()).isEqualTo(State.RECONCILING);
        ball.timer.runSoon();
        assertThat(socket.sent()).contains("AT Ball +0.1 plum +1+1 5").endsWith("RECONCILED");
        assertThat(welsh.state()).isEqualTo(State.RECONCILING);
        assertThat(welsh.everReconciled()).isFalse();
        socket.receives("RECONCILED");

        assertThat(welsh.state()).isEqualTo(State.LIVE);
        assertThat(ball.store.size()).isEqualTo(2);
    }

    @Test
    void recordsAreSentAsFastAsTheNeighbourReads() {
        for (int i = 0; i < 5_000; i++) {
            ball.report("client" + i, 5);
        }
        reconciling();
        socket.writable = false;
        socket.receives("DIGEST 0000000000000007 0");
        ball.timer.runSoon();
        assertThat(socket.sent()).isEmpty();

        socket.writable = true;
        List<String> sent = new ArrayList<>();
        int chunks = 0;
        while (!sent.contains("RECONCILED")) {
            socket.becomesWritable();
            socket.writable = false;
            ball.timer.runSoon();
            sent.addAll(socket.sent());
            chunks++;
        }

        assertThat(sent).hasSize(5_001).doesNotHaveDuplicates();
        assertThat(chunks).isGreaterThan(2);
    }

    @Test
    void aNeighbourThatDoesNotReconcileGetsAndGivesNewRecordsAllTheSame() {
        ball.report("plum", 5);
        reconciling();

        socket.receives(RECORD);
        ball.report("pear", 5);
        pinged(5_000);

        assertThat(ball.store.size()).isEqualTo(3);
        assertThat(socket.sent()).contains("AT Ball +0.1 pear +1+1 5").noneMatch(line -> line.contains("plum"));
        assertThat(welsh.state()).isEqualTo(State.RECONCILING);
        pinged(1_000);
        assertThat(welsh.state()).isEqualTo(State.LIVE);
    }

    @Test
    void aNeighbourThatSaidItsDigestButNeverThatItIsDoneIsWaitedForFiveSeconds() {
        reconciling();
        socket.receives(ball.digest());
        pinged(5_000);
        assertThat(welsh.state()).isEqualTo(State.RECONCILING);

        pinged(500);

        assertThat(welsh.state()).isEqualTo(State.LIVE);
    }

    @Test
    void newRecordsFlowAsSoonAsTheHelloIsDone() {
        greeting();
        ball.report("early", 5);
        socket.sent();
        String digest = ball.digest();
        socket.receives("PEER h Welsh");

        ball.report("pear", 5);

        assertThat(socket.sent()).containsExactly(digest, "AT Ball +0.1 pear +1+1 5");
    }

    @ParameterizedTest
    @ValueSource(strings = {"garbage", "", "\u00ff\0", "AT Welsh", "AT Welsh 0.1 kiwi +1+1 5", "GET / HTTP/1.1"})
    void muchGarbageClosesTheLinkAndALittleDoesNot(String line) {
        live();
        for (int i = 0; i < 100; i++) {
            socket.receives(line);
        }
        assertThat(welsh.state()).isEqualTo(State.LIVE);

        socket.receives(line, RECORD);

        assertThat(welsh.state()).isEqualTo(line.startsWith("GET") ? State.LIVE : State.BACKOFF);
        assertThat(ball.store.size()).isEqualTo(line.startsWith("GET") ? 1 : 0);
    }

    @Test
    void aRecordFromTheFutureIsLeftOutAndCounted() {
        live();

        socket.receives(
                "AT Welsh +0.1 kiwi +1+1 2000000000.999",
                "AT Welsh +0.1 emu +1+1 2000000001",
                "AT Welsh +0.1 emu +1+1 99999999999999999999");

        assertThat(ball.store.size()).isEqualTo(1);
        assertThat(ball.counters.recordsRefusedFuture).isEqualTo(2);
        assertThat(ball.counters.recordsReceived).isEqualTo(1);
        assertThat(welsh.state()).isEqualTo(State.LIVE);
    }

    @Test
    void aRecordOfTheNeighbourIsNotSentBackToIt() {
        live();

        socket.receives(RECORD);

        assertThat(ball.store.size()).isEqualTo(1);
        assertThat(socket.sent()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "IAMAT a +1+1 1",
                "WHATSAT kiwi 1 1",
                "SUMMARY 1 2 3",
                "PEER h Welsh",
                "DIGEST x",
                "DIGEST 0000000000000000",
                "RANGE x",
                "COMPARED",
                "garbage",
                "",
                "\u00ff\0",
                "PING"
            })
    void otherLinesAreIgnored(String line) {
        live();

        socket.receives(line);

        assertThat(welsh.state()).isEqualTo(State.LIVE);
        assertThat(socket.sent()).isEmpty();
        assertThat(ball.store.size()).isZero();
        assertThat(ball.counters.peerLinesUnknown).isEqualTo(line.equals("PING") ? 0 : 1);
    }

    @Test
    void aRecordThatIsNoneIsCounted() {
        live();

        socket.receives("AT Welsh +0.1 kiwi +1+1 yesterday");

        assertThat(ball.counters.recordsRefusedMalformed).isEqualTo(1);
        assertThat(ball.store.size()).isZero();
    }

    @Test
    void anIdleLinkCarriesAPingAtLeastEveryTwoSeconds() {
        live();

        for (int i = 0; i < 20; i++) {
            socket.receives("PING");
            ball.timer.pass(2_000);
            assertThat(socket.sent()).contains("PING");
        }
    }

    @Test
    void aBusyLinkCarriesNoPing() {
        live();

        for (int i = 0; i < 50; i++) {
            socket.receives("PING");
            ball.report("kiwi", i + 1);
            ball.timer.pass(400);
        }

        assertThat(socket.sent()).hasSize(50).noneMatch("PING"::equals);
    }

    @Test
    void aLinkOnWhichNothingCameForFiveSecondsIsDead() {
        live();
        ball.timer.pass(4_400);
        socket.receives("PING");
        ball.timer.pass(4_900);
        assertThat(welsh.state()).isEqualTo(State.LIVE);

        ball.timer.pass(250);

        assertThat(welsh.state()).isEqualTo(State.BACKOFF);
        assertThat(socket.closed).isTrue();
        assertThat(ball.counters.linksLost).isEqualTo(1);
        assertThat(ball.counters.linksUp).isZero();
        assertThat(welsh.snapshot().connected()).isFalse();
    }

    @Test
    void aLostLinkIsOfferedNothing() {
        live();

        socket.isClosedByTheOtherEnd();
        ball.report("kiwi", 5);

        assertThat(socket.sent()).isEmpty();
        assertThat(welsh.state()).isEqualTo(State.BACKOFF);
    }

    @Test
    void aNewConnectionReconcilesAgain() {
        live();
        socket.isClosedByTheOtherEnd();
        ball.report("kiwi", 5);
        ball.timer.pass(100);
        RecordedSocket second = new RecordedSocket();

        ball.dials.poll().connected(second);
        second.receives("PEER h Welsh");

        assertThat(welsh.state()).isEqualTo(State.RECONCILING);
        assertThat(second.sent()).containsExactly("PEER h Ball", ball.digest());
    }

    @Test
    void waitsGrowToFiveSecondsAndStartAnewAfterASteadyLink() {
        welsh.start();
        List<Long> waits = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            waits.add(waitAfterFailure());
        }
        assertThat(waits).containsExactly(100L, 200L, 400L, 800L, 1_600L, 3_200L, 5_000L, 5_000L);

        ball.dials.poll().connected(socket);
        socket.receives("PEER h Welsh");
        pinged(5_000);
        socket.isClosedByTheOtherEnd();
        ball.timer.pass(100);

        assertThat(welsh.state()).isEqualTo(State.DIALLING);
    }

    @Test
    void aLinkThatFlapsIsNotDialledFaster() {
        welsh.start();
        waitAfterFailure();
        waitAfterFailure();
        ball.dials.poll().connected(socket);
        socket.receives("PEER h Welsh");

        socket.isClosedByTheOtherEnd();
        ball.timer.pass(399);

        assertThat(welsh.state()).isEqualTo(State.BACKOFF);
    }

    @Test
    void aSlowNeighbourGetsNothingUntilItKeepsUpAgainAndThenReconciles() {
        live();
        socket.writable = false;

        for (int i = 0; i < 1_000; i++) {
            ball.report("client" + i, 5);
        }
        assertThat(socket.sent()).isEmpty();
        assertThat(ball.counters.linesHeldBack).isEqualTo(1_000);
        socket.becomesWritable();

        assertThat(welsh.state()).isEqualTo(State.RECONCILING);
        assertThat(socket.sent()).containsExactly(ball.digest());
        socket.receives("DIGEST 0000000000000000 0");
        ball.timer.runSoon();
        assertThat(socket.sent()).hasSize(1_001);
        socket.receives("RECONCILED");
        assertThat(welsh.state()).isEqualTo(State.LIVE);
    }

    @Test
    void aNeighbourThatFallsBehindWhileReconcilingReconcilesOnceMore() {
        ball.report("plum", 5);
        reconciling();
        socket.receives("DIGEST 0000000000000007 0");
        ball.timer.runSoon();
        socket.writable = false;
        ball.report("pear", 5);
        socket.writable = true;
        socket.sent();

        socket.receives("RECONCILED");

        assertThat(welsh.state()).isEqualTo(State.RECONCILING);
        assertThat(socket.sent()).containsExactly(ball.digest());
    }

    @Test
    void aDigestOnALiveLinkBeginsReconcilingHereToo() {
        live();
        ball.report("plum", 5);
        socket.sent();

        socket.receives("DIGEST 0000000000000007 0");

        assertThat(welsh.state()).isEqualTo(State.RECONCILING);
        ball.timer.runSoon();
        assertThat(socket.sent()).containsExactly(ball.digest(), "AT Ball +0.1 plum +1+1 5", "RECONCILED");
        socket.receives("RECONCILED");
        assertThat(welsh.state()).isEqualTo(State.LIVE);
    }

    @Test
    void aNeighbourThatHasHadNothingToSendIsGivenItsTimeToReconcileAgain() {
        live();
        pinged(10_000);
        socket.writable = false;
        ball.report("plum", 5);
        socket.becomesWritable();
        assertThat(welsh.state()).isEqualTo(State.RECONCILING);

        pinged(4_500);
        assertThat(welsh.state()).isEqualTo(State.RECONCILING);
        socket.receives(ball.digest(), "RECONCILED");

        assertThat(welsh.state()).isEqualTo(State.LIVE);
    }

    @Test
    void anAcceptedNeighbourIsAnsweredItsHelloAndReconciled() {
        alford.accepted(socket);

        assertThat(alford.state()).isEqualTo(State.RECONCILING);
        assertThat(socket.sent()).containsExactly("PEER h Ball", ball.digest());
    }

    @Test
    void aLostConnectionOfTheEndThatWaitsLeadsToIdle() {
        alford.accepted(socket);

        socket.isClosedByTheOtherEnd();

        assertThat(alford.state()).isEqualTo(State.IDLE);
        assertThat(ball.timer.pending()).isZero();
    }

    @Test
    void aNewConnectionOfTheSameNeighbourReplacesTheOldOne() {
        alford.accepted(socket);
        RecordedSocket second = new RecordedSocket();

        alford.accepted(second);
        second.sent();
        ball.report("kiwi", 5);

        assertThat(socket.closed).isTrue();
        assertThat(alford.state()).isEqualTo(State.RECONCILING);
        assertThat(second.sent()).containsExactly("AT Ball +0.1 kiwi +1+1 5");
        assertThat(ball.counters.linksUp).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({"DIALLING", "GREETING", "RECONCILING", "LIVE", "BACKOFF"})
    void stoppingLeadsToIdleFromEverywhere(State from) {
        reach(from);

        welsh.stop("the edge was removed");
        ball.timer.pass(60_000);

        assertThat(welsh.state()).isEqualTo(State.IDLE);
        assertThat(ball.timer.pending()).isZero();
        assertThat(ball.counters.linksUp).isZero();
        ball.report("kiwi", 5);
        ball.dials.forEach(dial -> dial.connected(socket));
        assertThat(socket.closed).isEqualTo(from != State.BACKOFF);
        assertThat(welsh.state()).isEqualTo(State.IDLE);
    }

    @ParameterizedTest
    @CsvSource({"DIALLING", "GREETING", "RECONCILING", "LIVE", "BACKOFF"})
    void anotherAddressIsDialledAtOnce(State from) {
        reach(from);
        int before = ball.dialled;

        welsh.reconfigure(new Neighbour("Welsh", "elsewhere.test", 12_100, false));

        assertThat(welsh.state()).isEqualTo(State.DIALLING);
        assertThat(ball.dialled).isEqualTo(before + 1);
        assertThat(ball.lastDialled.host()).isEqualTo("elsewhere.test");
    }

    @Test
    void theSameAddressChangesNothing() {
        live();

        welsh.reconfigure(PeerFixture.neighbour("Welsh"));

        assertThat(welsh.state()).isEqualTo(State.LIVE);
        assertThat(socket.closed).isFalse();
    }

    @Test
    void anAddressThatIsNotDialledMayChangeUnderAnOpenLink() {
        alford.accepted(socket);

        alford.reconfigure(new Neighbour("Alford", "elsewhere.test", 12_100, false));

        assertThat(socket.closed).isFalse();
        assertThat(alford.state()).isEqualTo(State.RECONCILING);
    }

    @Test
    void anEdgeThatComesToRequireTlsIsDialledBesideItsLinkWhichIsLeftWhenTheHelloHasCome() {
        live();
        RecordedSocket second = proven("Welsh");

        welsh.reconfigure(with("Welsh", true));
        assertThat(ball.lastDialled.tls()).isTrue();
        ball.dials.poll().connected(second);
        assertThat(second.sent()).containsExactly("PEER h Ball");
        assertThat(socket.closed).isFalse();
        assertThat(welsh.state()).isEqualTo(State.LIVE);
        second.receives("PEER h Welsh");

        assertThat(socket.closed).isTrue();
        assertThat(welsh.state()).isEqualTo(State.RECONCILING);
        assertThat(welsh.snapshot().tls()).isTrue();
        assertThat(ball.counters.linksUp).isEqualTo(1);
        second.receives(ball.digest(), "RECONCILED");
        for (int i = 0; i < 20; i++) {
            second.receives("PING");
            ball.timer.pass(500);
        }
        assertThat(welsh.state()).isEqualTo(State.LIVE);
        assertThat(ball.dialled).isEqualTo(2);
    }

    @Test
    void theOtherEndMayCloseTheOldLinkBeforeItsHelloComesOnTheNewOne() {
        live();
        RecordedSocket second = proven("Welsh");
        welsh.reconfigure(with("Welsh", true));
        ball.dials.poll().connected(second);

        socket.isClosedByTheOtherEnd();
        assertThat(welsh.state()).isEqualTo(State.GREETING);
        ball.timer.pass(1_000);
        second.receives("PEER h Welsh");

        assertThat(welsh.state()).isEqualTo(State.RECONCILING);
        assertThat(ball.dialled).isEqualTo(2);
        assertThat(ball.counters.linksUp).isEqualTo(1);
    }

    @Test
    void aLinkThatIsLostWhileItsReplacementIsDialledIsReplacedByIt() {
        live();
        welsh.reconfigure(with("Welsh", true));

        socket.isClosedByTheOtherEnd();
        assertThat(welsh.state()).isEqualTo(State.DIALLING);
        ball.dials.poll().failed("refused");
        assertThat(welsh.state()).isEqualTo(State.BACKOFF);
        ball.timer.pass(60_000);

        assertThat(ball.dialled).isGreaterThan(2);
    }

    @Test
    void aLinkThatCanNotBeReplacedIsTriedAgainAndClosedAfterFiveSecondsWithoutTheTlsItNeeds() {
        live();
        welsh.reconfigure(with("Welsh", true));

        for (int i = 0; i < 9; i++) {
            ball.dials.forEach(dial -> dial.failed("refused"));
            ball.dials.clear();
            assertThat(welsh.state()).isEqualTo(State.LIVE);
            pinged(500);
        }
        assertThat(ball.dialled).isGreaterThan(4);
        ball.timer.pass(500);

        assertThat(socket.closed).isTrue();
        assertThat(welsh.state().connected()).isFalse();
    }

    @Test
    void aLinkWithTlsThatCanNotBeReplacedByOneWithoutStays() {
        socket.proven = Optional.of("Welsh");
        live();
        welsh.reconfigure(with("Welsh", true));
        assertThat(ball.dialled).isEqualTo(1);

        welsh.reconfigure(with("Welsh", false));
        assertThat(ball.lastDialled.tls()).isFalse();
        for (int i = 0; i < 120; i++) {
            ball.dials.forEach(dial -> dial.failed("refused"));
            ball.dials.clear();
            pinged(500);
        }
        assertThat(welsh.state()).isEqualTo(State.LIVE);
        RecordedSocket second = new RecordedSocket();
        pinged(5_000);
        ball.dials.poll().connected(second);
        second.receives("PEER h Welsh");

        assertThat(socket.closed).isTrue();
        assertThat(welsh.snapshot().tls()).isFalse();
        assertThat(welsh.state()).isEqualTo(State.RECONCILING);
    }

    @Test
    void anEdgeThatIsSwitchedBackKeepsItsLink() {
        live();
        welsh.reconfigure(with("Welsh", true));
        welsh.reconfigure(with("Welsh", false));
        RecordedSocket late = proven("Welsh");
        ball.dials.poll().connected(late);

        pinged(10_000);

        assertThat(late.closed).isTrue();
        assertThat(socket.closed).isFalse();
        assertThat(welsh.state()).isEqualTo(State.LIVE);
        assertThat(ball.dialled).isEqualTo(2);
    }

    @Test
    void stoppingEndsAReplacementToo() {
        live();
        RecordedSocket second = proven("Welsh");
        welsh.reconfigure(with("Welsh", true));
        ball.dials.poll().connected(second);

        welsh.stop("the edge was removed");

        assertThat(second.closed).isTrue();
        assertThat(socket.closed).isTrue();
        assertThat(ball.timer.pending()).isZero();
    }

    @ParameterizedTest
    @CsvSource({"DIALLING", "GREETING", "BACKOFF"})
    void anEdgeThatIsNotUpIsDialledAnewAtOnceAsItIsToBe(State from) {
        reach(from);
        int before = ball.dialled;

        welsh.reconfigure(with("Welsh", true));

        assertThat(welsh.state()).isEqualTo(State.DIALLING);
        assertThat(ball.dialled).isEqualTo(before + 1);
        assertThat(ball.lastDialled.tls()).isTrue();
    }

    @Test
    void newCredentialsEndTheWaitForTheNextDial() {
        reach(State.BACKOFF);

        welsh.dialNow();

        assertThat(welsh.state()).isEqualTo(State.DIALLING);
        assertThat(ball.dialled).isEqualTo(2);
        ball.timer.pass(1_000);
        assertThat(ball.dialled).isEqualTo(2);
    }

    @Test
    void newCredentialsLeaveALinkAlone() {
        live();

        welsh.dialNow();

        assertThat(welsh.state()).isEqualTo(State.LIVE);
        assertThat(ball.dialled).isEqualTo(1);
    }

    @Test
    void theEndThatWaitsClosesAPlainLinkThatIsNotReplacedForFiveSeconds() {
        alford.accepted(socket);

        alford.reconfigure(with("Alford", true));
        pinged(4_500);
        assertThat(socket.closed).isFalse();
        ball.timer.pass(500);

        assertThat(socket.closed).isTrue();
        assertThat(alford.state()).isEqualTo(State.IDLE);
        assertThat(ball.dialled).isZero();
    }

    @Test
    void theEndThatWaitsKeepsTheLinkThatReplacesAPlainOne() {
        alford.accepted(socket);
        alford.reconfigure(with("Alford", true));
        pinged(2_000);
        RecordedSocket second = proven("Alford");

        alford.accepted(second);
        for (int i = 0; i < 20; i++) {
            second.receives("PING");
            ball.timer.pass(500);
        }

        assertThat(socket.closed).isTrue();
        assertThat(second.closed).isFalse();
        assertThat(alford.snapshot().tls()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"true", "false"})
    void theEndThatWaitsLeavesALinkWithTlsAlone(boolean required) {
        socket.proven = Optional.of("Alford");
        alford.accepted(socket);

        alford.reconfigure(with("Alford", required));
        pinged(10_000);

        assertThat(socket.closed).isFalse();
        assertThat(alford.state().connected()).isTrue();
    }

    private static Neighbour with(String server, boolean tls) {
        Neighbour neighbour = PeerFixture.neighbour(server);
        return new Neighbour(server, neighbour.host(), neighbour.port(), tls);
    }

    private static RecordedSocket proven(String server) {
        RecordedSocket socket = new RecordedSocket();
        socket.proven = Optional.of(server);
        return socket;
    }

    private long waitAfterFailure() {
        int before = ball.dialled;
        ball.dials.poll().failed("refused");
        long began = ball.timer.millis();
        while (ball.dialled == before) {
            ball.timer.pass(1);
        }
        return ball.timer.millis() - began;
    }

    private void reach(State state) {
        switch (state) {
            case DIALLING -> welsh.start();
            case GREETING -> greeting();
            case RECONCILING -> reconciling();
            case LIVE -> live();
            case BACKOFF -> {
                welsh.start();
                ball.dials.poll().failed("refused");
            }
            case IDLE -> {
                // Where it begins.
            }
        }
        assertThat(welsh.state()).isEqualTo(state);
    }

    private void greeting() {
        welsh.start();
        ball.dials.poll().connected(socket);
    }

    private void reconciling() {
        greeting();
        socket.receives("PEER h Welsh");
        socket.sent();
    }

    private void live() {
        reconciling();
        socket.receives(ball.digest(), "RECONCILED");
        socket.sent();
    }

    /** Time passes while the neighbour says that it is there. */
    private void pinged(long millis) {
        for (long left = millis; left > 0; left -= 500) {
            socket.receives("PING");
            ball.timer.pass(500);
        }
    }
}
