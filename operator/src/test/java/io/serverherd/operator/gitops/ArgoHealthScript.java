package io.serverherd.operator.gitops;

import com.fasterxml.jackson.databind.JsonNode;
import org.luaj.vm2.Globals;
import org.luaj.vm2.LoadState;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.compiler.LuaC;
import org.luaj.vm2.lib.BaseLib;
import org.luaj.vm2.lib.PackageLib;
import org.luaj.vm2.lib.TableLib;

/** Runs a health script as Argo CD does: the resource is the global {@code obj}, and there are few libraries. */
final class ArgoHealthScript {

    /** What the script returns. */
    record Health(String status, String message) {}

    private final String script;

    ArgoHealthScript(String script) {
        this.script = script;
    }

    Health of(JsonNode resource) {
        Globals globals = new Globals();
        globals.load(new BaseLib());
        globals.load(new PackageLib());
        globals.load(new TableLib());
        LoadState.install(globals);
        LuaC.install(globals);
        globals.set("obj", lua(resource));
        LuaValue health = globals.load(script, "health.lua").call();
        return new Health(
                health.get("status").checkjstring(), health.get("message").optjstring(""));
    }

    private static LuaValue lua(JsonNode value) {
        if (value.isObject()) {
            LuaTable table = new LuaTable();
            value.properties().forEach(member -> table.set(member.getKey(), lua(member.getValue())));
            return table;
        }
        if (value.isArray()) {
            LuaTable table = new LuaTable();
            value.forEach(element -> table.set(table.length() + 1, lua(element)));
            return table;
        }
        if (value.isNumber()) {
            return LuaValue.valueOf(value.doubleValue());
        }
        if (value.isBoolean()) {
            return LuaValue.valueOf(value.booleanValue());
        }
        return value.isNull() ? LuaValue.NIL : LuaValue.valueOf(value.textValue());
    }
}
