package io.serverherd.operator.scenario;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.Set;
import org.junit.jupiter.api.parallel.ResourceAccessMode;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.ResourceLocksProvider;
import org.junit.jupiter.api.parallel.Resources;

/**
 * For a class that ends the operator, sets it up otherwise or hurts the control plane. On a real cluster, which has one of each
 * for all classes, no other class runs beside it, and it comes after those that bear company. Local clusters are one to a class.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ResourceLock(providers = AloneOnARealCluster.WholeCluster.class)
@interface AloneOnARealCluster {

    /** JUnit makes it. */
    final class WholeCluster implements ResourceLocksProvider {
        @Override
        public Set<Lock> provideForClass(Class<?> testClass) {
            return OperatedCluster.isReal()
                    ? Set.of(new Lock(Resources.GLOBAL, ResourceAccessMode.READ_WRITE))
                    : Set.of();
        }
    }
}
