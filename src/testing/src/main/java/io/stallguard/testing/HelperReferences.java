package io.stallguard.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.Handle;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/** The members of a client that the helpers of an instrumentation module call, read or override. */
public final class HelperReferences {
  private final List<String> clientPackages;
  private final TreeSet<String> used = new TreeSet<>();

  private HelperReferences(List<String> clientPackages) {
    this.clientPackages = clientPackages;
  }

  /**
   * Reads the compiled helpers, which are in the package {@code helpers} beside the module.
   *
   * @param clientPackages how the internal names of the client's types begin: {@code okhttp3/}
   * @return members as {@code okhttp3/Call#cancel()V} or {@code okio/Buffer$UnsafeCursor#start:I}
   * @throws IllegalStateException if there are no helpers
   */
  public static Set<String> of(Class<?> module, String... clientPackages) {
    return without(List.of(), module, clientPackages);
  }

  /**
   * Reads the compiled helpers of a module that shares them with another module.
   *
   * @param others simple names of the helpers that only the other uses
   */
  public static Set<String> without(
      List<String> others, Class<?> module, String... clientPackages) {
    HelperReferences references = new HelperReferences(List.of(clientPackages));
    for (Path helper : helpers(module)) {
      if (!others.contains(helper.getFileName().toString().replace(".class", ""))) {
        references.read(helper);
      }
    }
    return references.used;
  }

  /** The list as source text, to be pasted where it belongs. */
  public static String source(Set<String> references) {
    return String.join(
        ",\n", references.stream().map(reference -> "        \"" + reference + "\"").toList());
  }

  private static List<Path> helpers(Class<?> module) {
    String folder = module.getPackageName().replace('.', '/') + "/helpers";
    try (Stream<Path> files = Files.list(classes(module).resolve(folder))) {
      List<Path> helpers = files.filter(file -> file.toString().endsWith(".class")).toList();
      if (helpers.isEmpty()) {
        throw new IllegalStateException("no classes in " + folder);
      }
      return helpers;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path classes(Class<?> module) {
    try {
      return Path.of(module.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  private void read(Path helper) {
    try {
      new ClassReader(Files.readAllBytes(helper)).accept(new Uses(), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private boolean isClient(String internalName) {
    return clientPackages.stream().anyMatch(internalName::startsWith);
  }

  private void use(String owner, String member, String descriptor) {
    if (isClient(owner)) {
      used.add(owner + "#" + member + descriptor);
    }
  }

  /** Visits one helper. */
  private final class Uses extends ClassVisitor {
    private List<String> supertypes = List.of();

    Uses() {
      super(Opcodes.ASM9);
    }

    @Override
    public void visit(
        int version,
        int access,
        String name,
        @Nullable String signature,
        String superName,
        String[] interfaces) {
      supertypes = Stream.concat(Stream.of(superName), Arrays.stream(interfaces)).toList();
    }

    @Override
    public MethodVisitor visitMethod(
        int access,
        String name,
        String descriptor,
        @Nullable String signature,
        String @Nullable [] exceptions) {
      for (String supertype : supertypes) {
        if (isClient(supertype) && isOverridden(supertype, name, descriptor)) {
          use(supertype, name, descriptor);
        }
      }
      return new Calls();
    }

    private static boolean isOverridden(String supertype, String name, String descriptor) {
      try {
        Class<?> type = Class.forName(supertype.replace('/', '.'));
        return Arrays.stream(type.getMethods())
            .anyMatch(
                method ->
                    method.getName().equals(name)
                        && Type.getMethodDescriptor(method).equals(descriptor));
      } catch (ClassNotFoundException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  /** Visits one method of a helper. */
  private final class Calls extends MethodVisitor {
    Calls() {
      super(Opcodes.ASM9);
    }

    @Override
    public void visitMethodInsn(
        int opcode, String owner, String method, String descriptor, boolean isInterface) {
      use(owner, method, descriptor);
    }

    @Override
    public void visitInvokeDynamicInsn(
        String method, String descriptor, Handle bootstrap, Object... arguments) {
      for (Object argument : arguments) {
        if (argument instanceof Handle handle) {
          use(handle.getOwner(), handle.getName(), handle.getDesc());
        }
      }
    }

    @Override
    public void visitFieldInsn(int opcode, String owner, String field, String descriptor) {
      use(owner, field, ":" + descriptor);
    }
  }
}
