package io.serverherd.node.net;

import io.serverherd.node.places.PlacesQuery;
import io.serverherd.node.protocol.CommandGrammar;
import io.serverherd.node.protocol.CommandGrammar.Iamat;
import io.serverherd.node.protocol.CommandGrammar.Whatsat;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** What a server whose clock stands still must answer to lines, by the words of the protocol and nothing of the server. */
final class ExpectedReplies {
    private static final BigDecimal DAY = new BigDecimal(86_400);

    private final BigDecimal now;
    private final Map<String, Report> reports = new HashMap<>();
    private long iamat;
    private long whatsat;
    private long invalid;

    private record Report(BigDecimal time, String location, String line) {}

    ExpectedReplies(Instant now) {
        this.now = new BigDecimal(now.getEpochSecond());
    }

    /** What Places answer in these tests: something else to each question. */
    static String places(PlacesQuery query) {
        return "{\"" + query.location() + "\":[\"" + query.radiusKm() + "\"," + query.bound() + "]}\n\n";
    }

    /** Whom a line asks or tells about, if it is a command at all. */
    static Optional<String> client(String line) {
        return CommandGrammar.iamat(line).map(Iamat::client).or(() -> CommandGrammar.whatsat(line)
                .map(Whatsat::client));
    }

    String to(String line) {
        Optional<Iamat> said = CommandGrammar.iamat(line);
        if (said.isPresent() && !isTooFarAhead(said.get())) {
            iamat++;
            return toReport(said.get());
        }
        Optional<Whatsat> asked = CommandGrammar.whatsat(line);
        if (asked.isPresent() && reports.containsKey(asked.get().client())) {
            whatsat++;
            return toQuestion(asked.get());
        }
        invalid++;
        return "? " + line + "\n";
    }

    private boolean isTooFarAhead(Iamat said) {
        return nanos(said.time()).subtract(now).compareTo(DAY) > 0;
    }

    private static BigDecimal nanos(String time) {
        return new BigDecimal(time).setScale(9, RoundingMode.DOWN);
    }

    private String toReport(Iamat said) {
        BigDecimal difference = now.subtract(nanos(said.time()));
        String line = "AT Alford " + (difference.signum() < 0 ? "" : "+") + difference.toPlainString() + " "
                + said.client() + " " + said.location() + " " + said.time() + "\n";
        Report report = new Report(new BigDecimal(said.time()), said.location(), line);
        reports.merge(said.client(), report, (old, next) -> next.time.compareTo(old.time) > 0 ? next : old);
        return line;
    }

    private String toQuestion(Whatsat asked) {
        Report report = reports.get(asked.client());
        return report.line + places(new PlacesQuery(report.location, asked.radius(), Integer.parseInt(asked.bound())));
    }

    long iamat() {
        return iamat;
    }

    long whatsat() {
        return whatsat;
    }

    long invalid() {
        return invalid;
    }

    int clients() {
        return reports.size();
    }
}
