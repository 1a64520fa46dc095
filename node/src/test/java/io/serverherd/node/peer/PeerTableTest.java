package io.serverherd.node.peer;

import static org.assertj.core.api.Assertions.assertThat;

import io.serverherd.node.config.Neighbour;
import io.serverherd.node.herd.HerdSnapshot;
import io.serverherd.node.peer.PeerLink.State;
import io.serverherd.node.tls.Refusal;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PeerTableTest {
    private final PeerFixture ball = new PeerFixture();
    private final PeerTable table = new PeerTable(ball.settings);
    private final RecordedSocket socket = new RecordedSocket();

    @Test
    void removingAnEdgeClosesOnlyItsLink() {
        table.apply(List.of(PeerFixture.neighbour("Welsh"), PeerFixture.neighbour("Holiday")));
        PeerLink welsh = table.link("Welsh");
        PeerLink holiday = table.link("Holiday");
        ball.dials.poll().connected(socket);
        socket.receives("PEER h Welsh");

        table.apply(List.of(PeerFixture.neighbour("Welsh")));

        assertThat(table.link("Welsh")).isSameAs(welsh);
        assertThat(welsh.state()).isEqualTo(State.RECONCILING);
        assertThat(socket.closed).isFalse();
        assertThat(table.link("Holiday")).isNull();
        assertThat(holiday.state()).isEqualTo(State.IDLE);
    }

    @Test
    void addingAnEdgeDialsOnlyItsServer() {
        table.apply(List.of(PeerFixture.neighbour("Welsh")));
        ball.dialled = 0;

        table.apply(List.of(PeerFixture.neighbour("Holiday"), PeerFixture.neighbour("Welsh")));

        assertThat(ball.dialled).isEqualTo(1);
        assertThat(ball.lastDialled.server()).isEqualTo("Holiday");
        assertThat(table.snapshot()).extracting(HerdSnapshot.Peer::server).containsExactly("Holiday", "Welsh");
    }

    @Test
    void stoppingClosesAllLinks() {
        table.apply(List.of(PeerFixture.neighbour("Welsh"), PeerFixture.neighbour("Holiday")));

        table.stop();

        assertThat(table.link("Welsh").state()).isEqualTo(State.IDLE);
        assertThat(table.link("Holiday").state()).isEqualTo(State.IDLE);
    }

    @Test
    void anAcceptedConnectionBelongsToTheNeighbourItNames() {
        table.apply(List.of(PeerFixture.neighbour("Alford")));
        greeted();

        socket.receives("PEER h Alford");
        ball.timer.pass(1_000);

        assertThat(table.link("Alford").state()).isEqualTo(State.RECONCILING);
        assertThat(socket.sent()).startsWith("PEER h Ball");
        assertThat(table.snapshot().get(0).connected()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "PEER other Alford",
        "PEER h Welsh",
        "PEER h Ball",
        "IAMAT kiwi +1+1 5",
        "WHATSAT kiwi 1 1",
        "AT Alford +0.1 kiwi +1+1 5",
        "PING",
        "''"
    })
    void anyOtherFirstLineClosesAnAcceptedConnectionWithoutAWord(String first) {
        table.apply(List.of(PeerFixture.neighbour("Alford"), PeerFixture.neighbour("Welsh")));
        greeted();

        socket.receives(first);

        assertThat(socket.closed).isTrue();
        assertThat(socket.sent()).isEmpty();
        assertThat(ball.store.size()).isZero();
        assertThat(table.link("Alford").state()).isEqualTo(State.IDLE);
    }

    @Test
    void aServerThatHeardOfTheEdgeFirstIsAnsweredWhenThisOneHasHeardOfItToo() {
        greeted();

        socket.receives("PEER h Alford");
        ball.timer.pass(1_999);
        assertThat(socket.sent()).isEmpty();
        table.apply(List.of(PeerFixture.neighbour("Alford")));

        assertThat(table.link("Alford").state()).isEqualTo(State.RECONCILING);
        assertThat(socket.sent()).startsWith("PEER h Ball");
        ball.timer.pass(1);
        assertThat(socket.closed).isFalse();
    }

    @Test
    void aServerThatDoesNotBecomeANeighbourIsClosedAfterTwoSecondsWithoutAWord() {
        greeted();

        socket.receives("PEER h Alford");
        table.apply(List.of(PeerFixture.neighbour("Aardvark")));
        ball.timer.pass(1_999);
        assertThat(socket.closed).isFalse();
        ball.timer.pass(1);

        assertThat(socket.closed).isTrue();
        assertThat(socket.sent()).isEmpty();
        assertThat(ball.counters.peersRefused(Refusal.NOT_NEIGHBOUR)).isEqualTo(1);
        table.apply(List.of(PeerFixture.neighbour("Alford")));
        assertThat(table.link("Alford").state()).isEqualTo(State.IDLE);
    }

    @ParameterizedTest
    @CsvSource({"1500,499", "1999,0", "4000,-1"})
    void theTwoSecondsBeginWithTheConnection(long beforeItsHello, long open) {
        greeted();
        ball.timer.pass(beforeItsHello);

        socket.receives("PEER h Alford");
        if (open >= 0) {
            ball.timer.pass(open);
            assertThat(socket.closed).isFalse();
        }
        ball.timer.pass(1);

        assertThat(socket.closed).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"PEER h Alford", "AT Alford +0.1 kiwi +1+1 5"})
    void whoGoesOnBeforeItIsAnsweredIsClosed(String second) {
        greeted();

        socket.receives("PEER h Alford");
        socket.receives(second);

        assertThat(socket.closed).isTrue();
        assertThat(ball.store.size()).isZero();
    }

    @Test
    void aServerThatWaitedAndLeftIsForgotten() {
        greeted();

        socket.receives("PEER h Alford");
        socket.isClosedByTheOtherEnd();
        table.apply(List.of(PeerFixture.neighbour("Alford")));

        assertThat(table.link("Alford").state()).isEqualTo(State.IDLE);
    }

    @Test
    void stoppingClosesThoseThatWait() {
        greeted();

        socket.receives("PEER h Alford");
        table.stop();

        assertThat(socket.closed).isTrue();
    }

    @Test
    void anAcceptedConnectionThatSaysNothingIsClosedAfterFiveSeconds() {
        greeted();

        ball.timer.pass(4_999);
        assertThat(socket.closed).isFalse();
        ball.timer.pass(1);

        assertThat(socket.closed).isTrue();
    }

    @Test
    void aHandshakeThatDoesNotEndIsClosedAfterFiveSeconds() {
        table.apply(List.of(withTls("Alford")));
        greeted().handshaking();

        ball.timer.pass(4_999);
        assertThat(socket.closed).isFalse();
        ball.timer.pass(1);

        assertThat(socket.closed).isTrue();
        assertThat(ball.counters.peersRefused(Refusal.HANDSHAKE_TIMEOUT)).isEqualTo(1);
    }

    @Test
    void whoHasProvenToBeTheNeighbourIsAnswered() {
        table.apply(List.of(withTls("Alford")));
        proven("Alford");

        socket.receives("PEER h Alford");

        assertThat(socket.sent()).startsWith("PEER h Ball");
        assertThat(table.snapshot().get(0).tls()).isTrue();
    }

    @Test
    void whoHasProvenToBeAnotherIsRefused() {
        table.apply(List.of(withTls("Alford"), withTls("Aaa")));
        proven("Aaa");

        socket.receives("PEER h Alford");

        assertThat(socket.closed).isTrue();
        assertThat(socket.sent()).isEmpty();
        assertThat(ball.counters.peersRefused(Refusal.WRONG_HERD)).isEqualTo(1);
    }

    @Test
    void whoHasProvenNothingIsRefusedWhereTheEdgeRequiresTls() {
        table.apply(List.of(withTls("Alford")));
        greeted();

        socket.receives("PEER h Alford");

        assertThat(socket.closed).isTrue();
        assertThat(socket.sent()).isEmpty();
        assertThat(ball.counters.peersRefused(Refusal.PLAIN)).isEqualTo(1);
    }

    @Test
    void anEdgeThatComesWithTlsRefusesTheOneThatWaitsForItWithout() {
        greeted();
        socket.receives("PEER h Alford");

        table.apply(List.of(withTls("Alford")));

        assertThat(socket.closed).isTrue();
        assertThat(ball.counters.peersRefused(Refusal.PLAIN)).isEqualTo(1);
    }

    private static Neighbour withTls(String server) {
        return new Neighbour(server, "any.test", 12_100, true);
    }

    private PeerGreeting greeted() {
        PeerGreeting greeting = new PeerGreeting(ball.settings, table, socket, "10.0.0.1:5");
        socket.listener(greeting);
        return greeting;
    }

    private void proven(String server) {
        PeerGreeting greeting = greeted();
        greeting.handshaking();
        socket.proven = Optional.of(server);
        greeting.proven(server);
    }
}
