package io.serverherd.bench.report;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.serverherd.bench.report.BarPlot.Bar;
import io.serverherd.bench.report.BarPlot.Group;
import java.io.ByteArrayInputStream;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

class BarPlotTest {
    @Test
    void barsAreAsLongAsTheirRatios() throws Exception {
        BarPlot plot = new BarPlot("a < b & c");
        plot.add(new Group("More is better", List.of(new Bar("50 × 16", 4, 3.5, 4.5), new Bar("1 × 1", 2, 1.9, 2.1))));
        plot.add(new Group("Less is better", List.of(new Bar("50 × 16", 0.25, 0.2, 0.3))));

        Element svg = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new ByteArrayInputStream(plot.svg().getBytes(UTF_8)))
                .getDocumentElement();

        assertThat(svg.getElementsByTagName("title").item(0).getTextContent()).isEqualTo("a < b & c");
        NodeList rects = svg.getElementsByTagName("rect");
        assertThat(rects.getLength()).isEqualTo(1 + 3);
        assertThat(width(rects, 1)).isCloseTo(2 * width(rects, 2), within(0.2));
        assertThat(plot.svg()).contains(">4.00</text>", ">2.00</text>", ">0.25</text>");
    }

    private static double width(NodeList rects, int index) {
        return Double.parseDouble(((Element) rects.item(index)).getAttribute("width"));
    }
}
