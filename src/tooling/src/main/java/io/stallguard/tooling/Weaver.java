package io.stallguard.tooling;

import net.bytebuddy.ByteBuddy;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.description.method.MethodDescription;
import net.bytebuddy.description.type.TypeDescription;
import net.bytebuddy.dynamic.ClassFileLocator;
import net.bytebuddy.dynamic.DynamicType;
import net.bytebuddy.dynamic.TypeResolutionStrategy;
import net.bytebuddy.dynamic.scaffold.InstrumentedType;
import net.bytebuddy.dynamic.scaffold.MethodGraph;
import net.bytebuddy.dynamic.scaffold.TypeValidation;
import net.bytebuddy.implementation.Implementation;
import net.bytebuddy.matcher.ElementMatcher;
import net.bytebuddy.matcher.ElementMatchers;
import net.bytebuddy.pool.TypePool;

/** Inlines advice into a class file with Byte Buddy. */
final class Weaver {
  // Decoration only: no field, method or interface is added, so the same is legal for a class that
  // is loaded already. Nothing is asked of the class's hierarchy; types are described when needed.

  private static final Advice.WithCustomMapping WITH_OURS = withOurs(false);

  private static Advice.WithCustomMapping withOurs(boolean byOwnLoader) {
    return Advice.withCustomMapping()
        .bind(new FieldPathMapping.Factory())
        .bind(new HookMapping.Factory(byOwnLoader));
  }

  private Weaver() {}

  /**
   * Weaves a class file: gives it with the advice inlined.
   *
   * @throws StandBack if a method that wants advice is not there
   */
  static byte[] weave(TypeInstrumentation instrumentation, ClassFile classFile) throws StandBack {
    return weave(instrumentation, classFile, HookAccess.BY_SYSTEM_LOADER);
  }

  /**
   * Weaves a class file.
   *
   * @param access how it finds the hook
   */
  static byte[] weave(TypeInstrumentation instrumentation, ClassFile classFile, HookAccess access)
      throws StandBack {
    Advice.WithCustomMapping withOurs =
        access == HookAccess.BY_OWN_LOADER ? withOurs(true) : WITH_OURS;
    ClassFileLocator locator = locator(classFile);
    TypePool pool = TypePool.Default.WithLazyResolution.of(locator);
    TypeDescription type = pool.describe(classFile.typeName()).resolve();
    DynamicType.Builder<?> builder = byteBuddy().decorate(type, locator);
    for (TypeInstrumentation.Join join : instrumentation.joins()) {
      if (isThere(type, join)) {
        TypeDescription advice = pool.describe(join.advice()).resolve();
        builder = builder.visit(withOurs.to(advice, locator).on(method(join)));
      } else if (!instrumentation.isWhereThere()) {
        throw new StandBack("there is no " + join);
      }
    }
    return builder.make(TypeResolutionStrategy.Disabled.INSTANCE, pool).getBytes();
  }

  private static ByteBuddy byteBuddy() {
    return new ByteBuddy()
        .with(TypeValidation.DISABLED)
        .with(InstrumentedType.Factory.Default.FROZEN)
        .with(Implementation.Context.Disabled.Factory.INSTANCE)
        .with(MethodGraph.Compiler.ForDeclaredMethods.INSTANCE)
        .ignore(ElementMatchers.none());
  }

  private static ClassFileLocator locator(ClassFile classFile) {
    ClassLoader loader = classFile.loader();
    return new ClassFileLocator.Compound(
        ClassFileLocator.Simple.of(classFile.typeName(), classFile.bytes()),
        ClassFileLocator.ForClassLoader.of(Weaver.class.getClassLoader()),
        loader == null
            ? ClassFileLocator.ForClassLoader.ofBootLoader()
            : ClassFileLocator.ForClassLoader.of(loader));
  }

  private static boolean isThere(TypeDescription type, TypeInstrumentation.Join join) {
    return !type.getDeclaredMethods().filter(method(join)).isEmpty();
  }

  private static ElementMatcher<? super MethodDescription> method(TypeInstrumentation.Join join) {
    String descriptor = join.descriptor();
    ElementMatcher.Junction<MethodDescription> named = ElementMatchers.hasMethodName(join.method());
    return descriptor == null ? named : named.and(ElementMatchers.hasDescriptor(descriptor));
  }

  /** Loads what weaving needs by weaving a class of our own; the outcome is thrown away. */
  static void warmUp(ClassFile sample) throws StandBack {
    weave(
        TypeInstrumentation.of(sample.typeName())
            .advise("sample", "(Ljava/lang/Object;)Ljava/lang/Object;", WarmUp.SampleAdvice.class),
        sample);
  }
}
