package io.serverherd.node;

public final class NodeMain {
    private NodeMain() {}

    public static void main(String[] args) {}
}
