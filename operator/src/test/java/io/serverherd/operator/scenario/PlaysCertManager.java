package io.serverherd.operator.scenario;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.Set;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.ResourceLocksProvider;

/**
 * For a class with a {@link CertManagerStandIn}, or that must have none. On a real cluster there is one such class at a time:
 * two would take each other's kind away. Local clusters are one to a class.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ResourceLock(providers = PlaysCertManager.OneToACluster.class)
@interface PlaysCertManager {

    /** JUnit makes it. */
    final class OneToACluster implements ResourceLocksProvider {
        @Override
        public Set<Lock> provideForClass(Class<?> testClass) {
            return OperatedCluster.isReal() ? Set.of(new Lock("cert-manager")) : Set.of();
        }
    }
}
