import { remedyOf } from '../../lib/engine/remedies';

test.each([
  ['failed to solve: write /var/lib/x: no space left on device', 'docker system df'],
  ['Bind for 0.0.0.0:8080 failed: port is already allocated', 'has that port'],
  [
    'failed to bind host port for 0.0.0.0:80:172.17.0.2:80/tcp: address already in use',
    'has that port',
  ],
  ['Conflict. The container name "/x" is already in use by container "1"', 'docker rm removes it'],
  ['network x was found but has incorrect label com.docker.compose.network', 'choose another name'],
  ['Cannot connect to the Docker daemon at unix:///x. Is the docker daemon running?', 'start it'],
  ['error during connect: Post "http://x/containers/create": EOF', 'start it'],
])('%s', (said, remedy) => {
  expect(remedyOf(`a line\n${said}\nanother`)).toContain(remedy);
});

test('what says itself what to do has no other remedy', () => {
  expect(remedyOf('E: Unable to locate package nosuch')).toBeUndefined();
});
