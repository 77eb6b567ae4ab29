import io.grpc.CallOptions;
import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import io.grpc.MethodDescriptor;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.ClientCalls;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.net.URI;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** gRPC over whatever transport is there: one call, which the server does not know. */
public final class GrpcUse implements Consumer<String> {
  @Override
  public void accept(String url) {
    URI target = URI.create(url);
    ManagedChannel channel =
        ManagedChannelBuilder.forTarget("dns:///" + target.getAuthority()).usePlaintext().build();
    MethodDescriptor<byte[], byte[]> method =
        MethodDescriptor.<byte[], byte[]>newBuilder()
            .setType(MethodDescriptor.MethodType.UNARY)
            .setFullMethodName("a.Service/call")
            .setRequestMarshaller(new Bytes())
            .setResponseMarshaller(new Bytes())
            .build();
    try {
      CallOptions options = CallOptions.DEFAULT.withDeadlineAfter(10, TimeUnit.SECONDS);
      byte[] unused = ClientCalls.blockingUnaryCall(channel, method, options, new byte[0]);
    } catch (StatusRuntimeException e) {
      // It was sent, which is all that is asked for.
    }
    channel.shutdownNow();
  }

  /** Nothing. */
  private static final class Bytes implements MethodDescriptor.Marshaller<byte[]> {
    @Override
    public InputStream stream(byte[] value) {
      return new ByteArrayInputStream(value);
    }

    @Override
    public byte[] parse(InputStream stream) {
      return new byte[0];
    }
  }
}
