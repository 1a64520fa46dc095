package io.serverherd.node;

import io.serverherd.node.admin.PlacesStatus;
import io.serverherd.node.config.FileContent;
import io.serverherd.node.config.FolderWatcher;
import io.serverherd.node.config.LivePlacesKey;
import io.serverherd.node.config.LivePlacesTrust;
import io.serverherd.node.config.PlacesConfig;
import io.serverherd.node.config.PlacesKey;
import io.serverherd.node.config.PlacesTrust;
import io.serverherd.node.config.ProxyRules;
import io.serverherd.node.places.BudgetFile;
import io.serverherd.node.places.PlacesClient;
import io.serverherd.node.places.RequestBudget;
import java.time.Clock;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

/** What a server asks Places with: the key and the authorities, as their files say now, and the day's budget. */
final class PlacesAccess implements AutoCloseable {
    private final LivePlacesKey key = new LivePlacesKey();
    private final LivePlacesTrust trust = new LivePlacesTrust();
    private final Optional<FolderWatcher<FileContent>> keyFile;
    private final Optional<FolderWatcher<FileContent>> caFile;
    private final Optional<BudgetFile> budgetFile;
    private final RequestBudget budget;
    private final ProxyRules proxies;

    /** @param poll for where inotify can't tell */
    PlacesAccess(NodeConfig node, Clock clock, Duration poll) {
        proxies = node.proxies();
        keyFile = node.placesDir().map(folder -> FolderWatcher.ofFile(folder, "api-key", PlacesKey.MAX_BYTES, poll));
        keyFile.ifPresent(file -> key.read(file.current()));
        caFile = node.placesCaDir().map(folder -> FolderWatcher.ofFile(folder, "ca.crt", PlacesTrust.MAX_BYTES, poll));
        caFile.ifPresent(file -> trust.read(file.current()));
        budgetFile = node.dataDir().map(BudgetFile::new);
        budget = budgetFile
                .map(file -> new RequestBudget(System::nanoTime, clock, file.read()))
                .orElseGet(() -> RequestBudget.full(System::nanoTime, clock));
    }

    PlacesClient client(Executor loop, Supplier<PlacesConfig> config) {
        return new PlacesClient(loop, config, key::key, trust::trust, proxies, budget);
    }

    /** Follows the files from now on, and keeps the budget. */
    void start() {
        keyFile.ifPresent(file -> file.start(key::read));
        caFile.ifPresent(file -> file.start(trust::read));
        budgetFile.ifPresent(file -> file.keep(budget));
    }

    LivePlacesKey key() {
        return key;
    }

    PlacesStatus status(boolean budgetSpent) {
        LivePlacesKey.State now = key.state();
        return new PlacesStatus(
                now.key().state().name().toLowerCase(Locale.ROOT),
                now.error(),
                trust.state().error(),
                budgetSpent);
    }

    void stopFollowing() {
        keyFile.ifPresent(FolderWatcher::close);
        caFile.ifPresent(FolderWatcher::close);
    }

    /** Once nothing is asked any more. */
    @Override
    public void close() {
        budgetFile.ifPresent(BudgetFile::close);
    }
}
