package io.stallguard.testing;

import eu.maveniverse.maven.mima.context.Context;
import eu.maveniverse.maven.mima.context.ContextOverrides;
import eu.maveniverse.maven.mima.context.Runtimes;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.aether.artifact.DefaultArtifact;
import org.eclipse.aether.collection.CollectRequest;
import org.eclipse.aether.graph.Dependency;
import org.eclipse.aether.resolution.ArtifactResult;
import org.eclipse.aether.resolution.DependencyRequest;
import org.eclipse.aether.resolution.DependencyResolutionException;
import org.eclipse.aether.resolution.DependencyResult;
import org.eclipse.aether.util.artifact.JavaScopes;
import org.eclipse.aether.util.filter.DependencyFilterUtils;

/**
 * Turns Maven coordinates into the class path that Maven would build for them, so that one compiled
 * test runs against several versions of a client. Repositories and mirrors are those of the user's
 * Maven settings.
 */
public final class ClassPaths {

  private static final Map<List<String>, List<Path>> RESOLVED = new ConcurrentHashMap<>();

  private ClassPaths() {}

  /**
   * The artifacts and all they need at run time, each version as Maven selects it.
   *
   * @param coordinates {@code group:artifact:version} or {@code
   *     group:artifact:extension:classifier:version}
   * @throws IllegalArgumentException if one does not resolve; the message names it
   */
  public static List<Path> resolve(String... coordinates) {
    return RESOLVED.computeIfAbsent(List.of(coordinates), ClassPaths::resolve);
  }

  private static List<Path> resolve(List<String> coordinates) {
    try (Context context = Runtimes.INSTANCE.getRuntime().create(overrides())) {
      DependencyRequest request =
          new DependencyRequest(
              collect(context, coordinates),
              DependencyFilterUtils.classpathFilter(JavaScopes.RUNTIME));
      DependencyResult result =
          context
              .repositorySystem()
              .resolveDependencies(context.repositorySystemSession(), request);
      return result.getArtifactResults().stream().map(ClassPaths::file).toList();
    } catch (DependencyResolutionException e) {
      throw new IllegalArgumentException(
          "cannot resolve " + coordinates + ": " + e.getMessage(), e);
    }
  }

  private static CollectRequest collect(Context context, List<String> coordinates) {
    List<Dependency> dependencies =
        coordinates.stream()
            .map(each -> new Dependency(artifact(each), JavaScopes.RUNTIME))
            .toList();
    return new CollectRequest(dependencies, List.of(), context.remoteRepositories());
  }

  private static DefaultArtifact artifact(String coordinate) {
    if (Arrays.stream(coordinate.split(":")).filter(part -> !part.isBlank()).count() < 3) {
      throw new IllegalArgumentException("expected group:artifact:version, got " + coordinate);
    }
    return new DefaultArtifact(coordinate);
  }

  private static ContextOverrides overrides() {
    ContextOverrides.Builder overrides = ContextOverrides.create().withUserSettings(true);
    // A build with a local repository of its own hands its choice down as a system property.
    String localRepository = System.getProperty("maven.repo.local");
    return localRepository == null
        ? overrides.build()
        : overrides.withLocalRepositoryOverride(Path.of(localRepository)).build();
  }

  private static Path file(ArtifactResult result) {
    return result.getArtifact().getFile().toPath();
  }
}
