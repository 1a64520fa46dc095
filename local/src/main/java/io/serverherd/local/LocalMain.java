package io.serverherd.local;

public final class LocalMain {
    private LocalMain() {}

    public static void main(String[] args) {}
}
