package io.serverherd.operator;

public final class HerdOperator {
    private HerdOperator() {}

    public static void main(String[] args) {}
}
