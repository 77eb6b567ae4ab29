package io.stallguard.tooling;

import net.bytebuddy.asm.Advice;
import net.bytebuddy.description.annotation.AnnotationDescription;
import net.bytebuddy.description.method.MethodDescription;
import net.bytebuddy.description.method.ParameterDescription;
import net.bytebuddy.description.type.TypeDescription;
import net.bytebuddy.implementation.Implementation;
import net.bytebuddy.implementation.bytecode.StackManipulation;
import net.bytebuddy.implementation.bytecode.assign.Assigner;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;

/**
 * The mapping of a parameter to the look-up of the {@link Hook}, in the woven code, wherever the
 * advice uses it.
 */
final class HookMapping implements Advice.OffsetMapping {
  private final Target lookUp;

  private HookMapping(boolean byOwnLoader) {
    this.lookUp = new Target.ForStackManipulation(new LookUp(byOwnLoader));
  }

  @Override
  public Target resolve(
      TypeDescription woven,
      MethodDescription method,
      Assigner assigner,
      Advice.ArgumentHandler argumentHandler,
      Sort sort) {
    return lookUp;
  }

  /**
   * Puts what the field holds on the stack. The woven class may see nothing of ours, whatever its
   * class loader: so by reflection, from the system class loader on, if not from its own.
   */
  private static final class LookUp extends StackManipulation.AbstractBase {
    private static final Size SIZE = new Size(1, 2);

    private final boolean byOwnLoader;

    LookUp(boolean byOwnLoader) {
      this.byOwnLoader = byOwnLoader;
    }

    @Override
    public Size apply(MethodVisitor code, Implementation.Context context) {
      if (byOwnLoader) {
        findByOwnLoader(code);
      } else {
        findBySystemLoader(code);
      }
      code.visitLdcInsn("hook");
      call(code, "java/lang/Class", "getField", "(Ljava/lang/String;)Ljava/lang/reflect/Field;");
      code.visitInsn(Opcodes.ACONST_NULL);
      call(code, "java/lang/reflect/Field", "get", "(Ljava/lang/Object;)Ljava/lang/Object;");
      code.visitTypeInsn(Opcodes.CHECKCAST, "java/util/function/BiFunction");
      return SIZE;
    }

    private static void findBySystemLoader(MethodVisitor code) {
      code.visitMethodInsn(
          Opcodes.INVOKESTATIC,
          "java/lang/ClassLoader",
          "getSystemClassLoader",
          "()Ljava/lang/ClassLoader;",
          false);
      code.visitLdcInsn(HookAccess.HOOKS);
      call(code, "java/lang/ClassLoader", "loadClass", "(Ljava/lang/String;)Ljava/lang/Class;");
    }

    private static void findByOwnLoader(MethodVisitor code) {
      code.visitLdcInsn(HookAccess.HOOKS);
      code.visitMethodInsn(
          Opcodes.INVOKESTATIC,
          "java/lang/Class",
          "forName",
          "(Ljava/lang/String;)Ljava/lang/Class;",
          false);
    }

    private static void call(MethodVisitor code, String owner, String method, String descriptor) {
      code.visitMethodInsn(Opcodes.INVOKEVIRTUAL, owner, method, descriptor, false);
    }
  }

  /** Makes the mapping of each parameter that has the annotation. */
  static final class Factory implements Advice.OffsetMapping.Factory<Hook> {
    private final boolean byOwnLoader;

    Factory(boolean byOwnLoader) {
      this.byOwnLoader = byOwnLoader;
    }

    @Override
    public Class<Hook> getAnnotationType() {
      return Hook.class;
    }

    @Override
    public Advice.OffsetMapping make(
        ParameterDescription.InDefinedShape parameter,
        AnnotationDescription.Loadable<Hook> annotation,
        AdviceType adviceType) {
      return new HookMapping(byOwnLoader);
    }
  }
}
