package io.serverherd.local.schema;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelOptions;
import dev.cel.common.CelValidationException;
import dev.cel.common.types.CelType;
import dev.cel.common.types.OptionalType;
import dev.cel.common.types.SimpleType;
import dev.cel.compiler.CelCompiler;
import dev.cel.compiler.CelCompilerFactory;
import dev.cel.extensions.CelExtensions;
import dev.cel.parser.CelStandardMacro;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import dev.cel.runtime.CelRuntimeFactory;

/** Compiles the rules of one node of a schema, in an environment where {@code self} has the node's type. */
final class CelCompilation {

    /** Ends a rule that would run for seconds; two nested loops over the largest herd need less than half of it. */
    private static final int MOST_ITERATIONS = 1_000_000;

    private static final CelOptions OPTIONS = CelOptions.current()
            .comprehensionMaxIterations(MOST_ITERATIONS)
            .enableHeterogeneousNumericComparisons(true)
            .build();

    private final StructuralSchema schema;
    private final CelCompiler compiler;
    private final CelCompiler optionalOldSelfCompiler;
    private final CelRuntime runtime;

    CelCompilation(StructuralSchema schema, boolean isResource) {
        this.schema = schema;
        CelTypes types = new CelTypes();
        CelType self = types.typeOf(schema, "self", isResource);
        this.compiler = compiler(types, self, self);
        this.optionalOldSelfCompiler = compiler(types, self, OptionalType.create(self));
        this.runtime = CelRuntimeFactory.standardCelRuntimeBuilder()
                .setOptions(OPTIONS)
                .addLibraries(CelExtensions.strings(), CelExtensions.sets(OPTIONS), CelExtensions.optional())
                .build();
    }

    private static CelCompiler compiler(CelTypes types, CelType self, CelType oldSelf) {
        return CelCompilerFactory.standardCelCompilerBuilder()
                .setOptions(OPTIONS)
                .setStandardMacros(CelStandardMacro.STANDARD_MACROS)
                .addLibraries(CelExtensions.strings(), CelExtensions.sets(OPTIONS), CelExtensions.optional())
                .setTypeProvider(types)
                .addVar("self", self)
                .addVar("oldSelf", oldSelf)
                .build();
    }

    /** @throws InvalidSchemaException when the rule or its message expression does not compile */
    CelRule compile(ValidationRule rule) {
        CelAbstractSyntaxTree tree = parse(rule, rule.rule(), "rule", SimpleType.BOOL, "a bool");
        CelRuntime.Program message = null;
        if (rule.messageExpression() != null && !rule.messageExpression().isBlank()) {
            message = program(
                    rule, parse(rule, rule.messageExpression(), "messageExpression", SimpleType.STRING, "a string"));
        }
        checkFieldPath(rule);
        boolean isTransition = tree.getReferenceMap().values().stream()
                .anyMatch(reference -> reference.name().equals("oldSelf"));
        return new CelRule(
                rule, program(rule, tree), message, isTransition, schema.type() == null ? "" : schema.type());
    }

    private CelAbstractSyntaxTree parse(
            ValidationRule rule, String expression, String field, CelType expected, String expectedInWords) {
        try {
            CelAbstractSyntaxTree tree = (rule.optionalOldSelf() ? optionalOldSelfCompiler : compiler)
                    .compile(expression)
                    .getAst();
            if (!tree.getResultType().equals(expected) && !tree.getResultType().equals(SimpleType.DYN)) {
                throw new InvalidSchemaException(rule.place() + "." + field + ": Invalid value: \"" + expression
                        + "\": cel expression must evaluate to " + expectedInWords);
            }
            return tree;
        } catch (CelValidationException e) {
            throw new InvalidSchemaException(
                    rule.place() + "." + field + ": Invalid value: \"" + expression + "\": compilation failed: "
                            + e.getMessage(),
                    e);
        }
    }

    private CelRuntime.Program program(ValidationRule rule, CelAbstractSyntaxTree tree) {
        try {
            return runtime.createProgram(tree);
        } catch (CelEvaluationException e) {
            throw new InvalidSchemaException(rule.place() + ".rule: cannot be run: " + e.getMessage(), e);
        }
    }

    private void checkFieldPath(ValidationRule rule) {
        if (rule.fieldPath() == null) {
            return;
        }
        StructuralSchema at = schema;
        for (String name : rule.fieldPath().substring(1).split("\\.")) {
            at = at == null ? null : at.field(name);
        }
        if (!rule.fieldPath().startsWith(".") || at == null) {
            throw new InvalidSchemaException(rule.place() + ".fieldPath: Invalid value: \"" + rule.fieldPath()
                    + "\": fieldPath must be a valid path such as .spec.name");
        }
    }
}
