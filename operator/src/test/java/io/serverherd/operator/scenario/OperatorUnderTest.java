package io.serverherd.operator.scenario;

/** The operator of a cluster, to be ended and started again. */
public interface OperatorUnderTest {

    /** Until it looks after herds. */
    OperatorUnderTest awaitReady();

    /** As the kernel's out-of-memory killer would: no last words. It is gone until it is started again. */
    void kill() throws Exception;

    /** Asked to end, as by whoever drains its machine. It is gone until it is started again. */
    void stop() throws Exception;
}
