import json


def run(data):
    return {'rows': len(json.loads(data))}
