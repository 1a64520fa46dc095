package io.serverherd.operator.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/**
 * The operator has the rights it uses and no others. Comes after all scenarios, in each of which it was refused what it has
 * no right to.
 */
@Tag("local")
@Isolated("all others have to be over")
@Order(Integer.MAX_VALUE)
class ApiUseIT {

    @Test
    void everyRightThatIsGrantedIsUsed() throws Exception {
        Set<String> unused = new TreeSet<>(OperatorAccess.installed().granted());
        unused.removeAll(ApiUse.recorded());

        assertThat(unused)
                .as(
                        "rights in install/helm/serverherd/templates that no scenario needs (of those run since the operator's"
                                + " jar was built: this is a check of the whole suite)")
                .isEmpty();
    }
}
