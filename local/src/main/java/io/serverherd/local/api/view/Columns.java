package io.serverherd.local.api.view;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.serverherd.local.api.kind.PrinterColumn;
import java.util.List;

/** What a kind's table shows. */
interface Columns {

    /** How the column {@code Name} is described in every table. */
    PrinterColumn NAME = new PrinterColumn("Name", "string", "name", "Name of the object", 0, "");

    List<PrinterColumn> definitions();

    /** One cell for each definition: text, a number, a truth value or null. */
    List<Object> cells(ObjectNode object);
}
