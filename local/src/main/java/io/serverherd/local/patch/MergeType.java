package io.serverherd.local.patch;

import com.fasterxml.jackson.databind.JsonNode;
import io.serverherd.local.schema.StructuralSchema;
import java.util.List;

/** How the value at one place of an object is merged and owned: the part of a schema that patches and ownership need. */
public interface MergeType {

    /** What identifies an item of a list. */
    enum ListKind {
        /** Nothing: the list is one value. */
        ATOMIC,
        /** The item itself, a scalar. */
        SET,
        /** Its keys. */
        MAP
    }

    /** The type of a kind of the API's own; a kind that the table does not know is merged the plain way. */
    static MergeType builtIn(String apiVersion, String kind) {
        return MergeTypeTable.ofKind(apiVersion, kind);
    }

    /** The same, of a kind whose fields are known: applying others is refused. */
    static MergeType builtIn(String apiVersion, String kind, StructuralSchema fields) {
        return new DeclaredMergeType(builtIn(apiVersion, kind), fields);
    }

    /** The type of a custom resource. */
    static MergeType of(StructuralSchema schema) {
        return new SchemaMergeType(schema, true);
    }

    /** What a value must be: {@code map}, {@code list}, {@code string}, {@code numeric}, {@code boolean}; null if unknown. */
    String shape();

    /** A null means the same as nothing; elsewhere it depends on the schema. */
    boolean dropsNulls();

    /** An object here is one value. */
    boolean isAtomicMap();

    ListKind listKind();

    /** The keys of the items of a list map. */
    List<String> listKeys();

    /** What an item means that leaves out a key, or null. */
    JsonNode keyDefault(String key);

    /** The type of the items of a list here. */
    MergeType items();

    /** The type of a field or entry of an object here; null when the schema knows no such field. */
    MergeType field(String name);

    /** The name is a field's, not an entry's of a free map. */
    boolean names(String field);

    /** The API always has this object or list, so that its being there is nobody's doing. */
    boolean alwaysThere();

    /** The key by which strategic merge patch finds items, empty where it merges scalars, null where it replaces lists. */
    String patchKey();
}
