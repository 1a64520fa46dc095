package io.serverherd.node.admin;

import java.util.function.Supplier;

/** A page that is made when it is first asked for, since the making takes long and a start is to be quick. */
public final class PageOnDemand implements Page {
    private final Supplier<Page> making;
    private Page made;

    public PageOnDemand(Supplier<Page> making) {
        this.making = making;
    }

    @Override
    public Answer answer() throws InterruptedException {
        return made().answer();
    }

    private synchronized Page made() {
        if (made == null) {
            made = making.get();
        }
        return made;
    }
}
