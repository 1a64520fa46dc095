package io.serverherd.local.controllers;

import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import java.util.function.Consumer;

/** Hears of every change alike: what is to be done is found out by looking, not from the kind of event. */
record ChangeHandler<T>(Consumer<T> changed) implements ResourceEventHandler<T> {

    @Override
    public void onAdd(T object) {
        changed.accept(object);
    }

    @Override
    public void onUpdate(T before, T object) {
        changed.accept(object);
    }

    @Override
    public void onDelete(T object, boolean deletedFinalStateUnknown) {
        changed.accept(object);
    }
}
