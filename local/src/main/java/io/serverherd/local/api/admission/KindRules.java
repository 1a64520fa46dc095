package io.serverherd.local.api.admission;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.serverherd.local.schema.FieldError;
import java.util.List;
import java.util.Optional;

/** The rules of one kind. */
interface KindRules {

    /**
     * Fills in what the writer left out, in the writer's name. Writing the result again changes nothing.
     *
     * @param live the stored object, or null on create
     */
    default void complete(ObjectNode object, ObjectNode live) {}

    /**
     * Fills in what the server decides. The writer does not own it.
     *
     * @param live the stored object, or null on create
     */
    default void assign(ObjectNode object, ObjectNode live) {}

    /**
     * Why a completed object that is not wrong may not be written all the same; empty: it may.
     *
     * @param live the stored object, or null on create
     */
    default Optional<String> forbids(ObjectNode object, ObjectNode live) {
        return Optional.empty();
    }

    /**
     * What is wrong with a completed object.
     *
     * @param live the stored object, or null on create
     */
    default List<FieldError> check(ObjectNode object, ObjectNode live) {
        return List.of();
    }
}
